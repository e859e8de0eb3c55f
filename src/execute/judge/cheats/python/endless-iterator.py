# tries: returns a list subclass whose iterator never ends
# item: 22
# expect: wrong, runtime-error, time-limit

class Endless(list):
    def __iter__(self):
        while True:
            yield 1


def add(a, b):
    return Endless([1])
