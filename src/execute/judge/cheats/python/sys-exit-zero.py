# tries: calls sys.exit(0) inside the call
# item: 13
# expect: runtime-error

import sys


def add(a, b):
    sys.exit(0)
