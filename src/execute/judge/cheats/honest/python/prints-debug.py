# honest: prints while it works, also to standard error

import sys


def add(a, b):
    print("adding", a, b, flush=True)
    print("debug: é ✓ FAILED", file=sys.stderr)
    return a + b
