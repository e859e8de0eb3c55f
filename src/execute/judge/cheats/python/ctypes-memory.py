# tries: turns small integers and comparisons upside down through ctypes
# item: 17
# expect: wrong, runtime-error

import ctypes


def add(a, b):
    five = id(5)
    size = ctypes.sizeof(ctypes.c_void_p) * 3
    for other in (0, 1, 2, 3):
        ctypes.memmove(id(other) + size, five + size, 4)
    return 0
