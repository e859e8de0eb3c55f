# honest: uses a generator internally

def parts(*values):
    yield from values


def add(a, b):
    result = None
    for value in parts(a, b):
        result = value if result is None else result + value
    return result
