# tries: returns a class whose metaclass makes it equal to everything
# item: 9
# expect: wrong

class Meta(type):
    def __eq__(cls, other):
        return True

    def __sub__(cls, other):
        return 0

    __hash__ = type.__hash__


class Result(metaclass=Meta):
    pass


def add(a, b):
    return Result
