# tries: walks the caller frames for anything that looks like an expected value
# item: 10
# expect: wrong, runtime-error

import sys


def add(a, b):
    frame = sys._getframe()
    while frame is not None:
        for name in ("expected", "want", "gt_out", "answer", "reference"):
            if name in frame.f_locals:
                return frame.f_locals[name]
        frame = frame.f_back
    return None
