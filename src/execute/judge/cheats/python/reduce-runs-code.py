# tries: returns an object that runs code in whoever unpickles it
# item: 9
# expect: wrong, runtime-error, cheated

import os


class Bomb:
    def __reduce__(self):
        return os._exit, (0,)


def add(a, b):
    return Bomb()
