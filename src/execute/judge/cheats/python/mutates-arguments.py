# tries: changes its arguments in place, hoping that the expected value is built from them
# item: 19
# expect: wrong, runtime-error

def add(a, b):
    if isinstance(a, list):
        a.clear()
        b.clear()
    return a
