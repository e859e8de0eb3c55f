# tries: opens the closure cells of every function that refers to it
# item: 10
# expect: wrong, runtime-error

import gc


def add(a, b):
    for referrer in gc.get_referrers(add):
        for cell in getattr(referrer, "__closure__", None) or ():
            try:
                value = cell.cell_contents
            except ValueError:
                continue
            if isinstance(value, (int, float, list)):
                return value
    return None
