# tries: returns a float subclass whose difference to anything is nothing
# item: 9
# expect: wrong

class Near(float):
    def __sub__(self, other):
        return Near(0)

    def __abs__(self):
        return 0.0

    def __eq__(self, other):
        return True

    __hash__ = float.__hash__


def add(a, b):
    return Near(0)
