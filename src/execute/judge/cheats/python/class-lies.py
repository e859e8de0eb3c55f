# tries: returns an object whose __class__ claims to be int
# item: 9
# expect: wrong

class Liar:
    @property
    def __class__(self):
        return int

    def __eq__(self, other):
        return True

    def __index__(self):
        return 5

    __int__ = __index__


def add(a, b):
    return Liar()
