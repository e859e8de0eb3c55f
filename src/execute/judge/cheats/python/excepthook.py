# tries: replaces sys.excepthook so that a crash ends with status 0
# item: 13
# expect: runtime-error, wrong

import os
import sys

sys.excepthook = lambda *arguments: os._exit(0)


def add(a, b):
    raise ValueError("this never happened")
