# tries: ends the process with status 0 before any test
# item: 13
# expect: runtime-error

import os

os._exit(0)


def add(a, b):
    return None
