# tries: returns a list that is small here and enormous when written out
# item: 23
# expect: memory-limit, runtime-error, wrong, cheated, output-limit, time-limit

def add(a, b):
    value = ["x" * 1000]
    for _ in range(40):
        value = [value, value]
    return value
