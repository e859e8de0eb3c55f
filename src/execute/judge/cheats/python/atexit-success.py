# tries: registers an exit handler that turns any end into status 0
# item: 13
# expect: runtime-error, wrong

import atexit
import os

atexit.register(os._exit, 0)


def add(a, b):
    raise SystemExit(1)
