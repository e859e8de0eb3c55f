# tries: returns a list that holds itself
# item: 23
# expect: wrong, runtime-error, memory-limit, time-limit

def add(a, b):
    value = []
    value.append(value)
    return value
