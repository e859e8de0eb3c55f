# tries: returns an object whose differences, absolute values and comparisons all look right
# item: 9
# expect: wrong

class Yes:
    def __eq__(self, other):
        return True

    def __sub__(self, other):
        return self

    __rsub__ = __add__ = __radd__ = __sub__

    def __abs__(self):
        return self

    def __lt__(self, other):
        return True

    __le__ = __gt__ = __ge__ = __lt__

    def __bool__(self):
        return True


def add(a, b):
    return Yes()
