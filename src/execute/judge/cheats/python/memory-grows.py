# tries: allocates until something gives
# item: 23
# expect: memory-limit, runtime-error

def add(a, b):
    hoard = []
    while True:
        hoard.append(bytearray(10_000_000))
