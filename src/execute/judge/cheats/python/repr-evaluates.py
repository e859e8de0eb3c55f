# tries: returns an object whose repr is Python that ends the examiner if it is evaluated
# item: 9
# expect: wrong, runtime-error

class Repr:
    def __repr__(self):
        return "__import__('os')._exit(0)"

    __str__ = __repr__


def add(a, b):
    return Repr()
