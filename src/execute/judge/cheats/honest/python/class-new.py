# honest: the entry point is a class whose __new__ gives the result

class add:
    def __new__(cls, a, b):
        return a + b
