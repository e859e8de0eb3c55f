# honest: the entry point is a lambda

add = lambda a, b: a + b
