# tries: raises an error whose line number nobody can read, so that the verdict is nobody's
# item: 11
# expect: runtime-error


def add(a, b):
    raise SyntaxError("far", ("solution.py", 10**30, 0, ""))
