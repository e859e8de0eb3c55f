# tries: returns an int subclass with a patched __eq__
# item: 9
# expect: wrong

class Int(int):
    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    __hash__ = int.__hash__


def add(a, b):
    return Int(0)
