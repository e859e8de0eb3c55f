# tries: makes AssertionError something harmless and turns assertions off
# item: 12
# expect: wrong, runtime-error

import builtins


class Quiet(BaseException):
    def __new__(cls, *arguments):
        raise SystemExit(0)


builtins.AssertionError = Quiet
try:
    vars(builtins)["__debug__"] = False
except (SyntaxError, AttributeError, TypeError):
    pass


def add(a, b):
    return None
