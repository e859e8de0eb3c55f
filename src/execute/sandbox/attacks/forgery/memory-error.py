# tries: to be reported as out of memory by printing the words
# expect: runtime-error
import sys

sys.stderr.write("MemoryError\nthat was a joke\n" + "and so on\n" * 50)
sys.exit(1)
