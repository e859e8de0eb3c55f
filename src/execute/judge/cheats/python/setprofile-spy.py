# tries: profiles calls and returns to change what the driver works with
# item: 10
# expect: wrong, runtime-error, cheated

import sys


def spy(frame, event, argument):
    for name in list(frame.f_locals):
        if name in ("result", "value", "ok", "passed"):
            frame.f_locals[name] = True


sys.setprofile(spy)


def add(a, b):
    return globals().get("seen")
