# honest: catches its own exceptions and raises none

def add(a, b):
    try:
        raise KeyError("own")
    except Exception:
        pass
    finally:
        result = a + b
    return result
