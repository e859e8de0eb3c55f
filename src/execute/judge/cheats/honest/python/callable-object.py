# honest: the entry point is an object of a class with __call__

class Adder:
    def __call__(self, a, b):
        return a + b


add = Adder()
