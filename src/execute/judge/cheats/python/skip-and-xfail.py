# tries: raises the exceptions that frameworks count as skipped
# item: 12
# expect: wrong, runtime-error

class Skipped(Exception):
    pass


Skipped.__module__ = "_pytest.outcomes"


def add(a, b):
    raise Skipped("unconditional skip")
