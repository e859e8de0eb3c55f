# honest: starts with a UTF-8 byte order mark

def add(a, b):
    return a + b
