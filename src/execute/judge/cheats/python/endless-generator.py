# tries: returns a generator that never ends, for a reader that wants a list
# item: 22
# expect: wrong, runtime-error, time-limit, memory-limit

def add(a, b):
    while True:
        yield a
