# tries: to overrun the interpreter's stack
# expect: runtime-error, memory-limit
# limits: cpu=2 wall=6 memory=128
import sys

sys.setrecursionlimit(10**9)

class Deep:
    def __repr__(self):
        return repr(Deep2())

class Deep2:
    def __repr__(self):
        return repr(Deep())

print(repr(Deep()))
