# honest: helpers refer to module globals and to each other

SIGN = 1


def add(a, b):
    return helper(a, b)


def helper(a, b):
    global SIGN
    SIGN = -SIGN
    return other(a, b)


def other(a, b):
    return a + b if SIGN else None
