# tries: recurses with the recursion limit removed until the stack breaks
# item: 23
# expect: runtime-error, memory-limit, time-limit, wrong

import sys

sys.setrecursionlimit(10**9)


def add(a, b):
    return add(b, a)
