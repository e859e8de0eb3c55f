# tries: returns an integer whose decimal form takes very long
# item: 23
# expect: wrong, runtime-error, time-limit, memory-limit, cheated

def add(a, b):
    return 7 ** 20_000_000
