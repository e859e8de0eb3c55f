# tries: ends the process with status 0 inside the call
# item: 13
# expect: runtime-error

import os


def add(a, b):
    os._exit(0)
