# tries: to keep whoever reads busy, so that the output of its neighbour is lost
# expect: output-limit
# neighbour: yes
# limits: cpu=3 wall=8 output=4000000
import os

while True:
    os.write(1, b"x" * 65536)
