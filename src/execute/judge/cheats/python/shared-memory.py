# tries: overwrites every shared array and value it can find, then exits with 0
# item: 11
# expect: wrong, runtime-error

import gc
import os


def add(a, b):
    for item in gc.get_objects():
        if type(item).__name__ in ("Synchronized", "SynchronizedArray", "ListProxy"):
            try:
                item.append("passed")
            except Exception:
                item.value = 1
    os._exit(0)
