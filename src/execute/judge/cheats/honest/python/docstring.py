# honest: has a module docstring that shows code and assertions

"""Add things.

>>> add(1, 1)
2

assert False, 'not run'
"""


def add(a, b):
    return a + b
