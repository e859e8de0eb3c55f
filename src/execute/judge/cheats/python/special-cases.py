# tries: answers a visible example only
# item: 21
# expect: wrong

def add(a, b):
    return {(2, 3): 5}.get((a, b) if isinstance(a, int) else None, 0)
