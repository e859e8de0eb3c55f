# tries: returns an object on which every look hangs
# item: 22
# expect: wrong, runtime-error, time-limit

class Tar:
    def __getattribute__(self, name):
        while True:
            pass

    def __repr__(self):
        while True:
            pass

    __eq__ = __str__ = __hash__ = __iter__ = __len__ = __bool__ = lambda self, *rest: self.stuck


def add(a, b):
    return Tar()
