# tries: reads the constants of the code of its callers: the literals of the test script
# item: 10
# expect: wrong, runtime-error

import sys


def add(a, b):
    frame = sys._getframe().f_back
    while frame is not None:
        constants = frame.f_code.co_consts
        if (2, 3) == (a, b) and 5 in constants:
            return 5
        if 0.3 in constants or [1, 2] in constants:
            return constants[-1]
        frame = frame.f_back
    return None
