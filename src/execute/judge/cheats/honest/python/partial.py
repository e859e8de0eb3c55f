# honest: the entry point is a functools.partial

from functools import partial


def combine(operation, a, b):
    return operation(a, b)


add = partial(combine, lambda a, b: a + b)
