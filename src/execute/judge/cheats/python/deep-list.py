# tries: returns a list nested a hundred thousand deep
# item: 23
# expect: wrong, runtime-error, memory-limit, cheated

def add(a, b):
    value = []
    for _ in range(100_000):
        value = [value]
    return value
