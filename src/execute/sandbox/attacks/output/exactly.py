# tries: to stand exactly on the limit, which is not over it
# expect: ok
# limits: cpu=2 wall=6 output=65536
import sys

sys.stdout.write("held\n" + "x" * (65536 - 5))
