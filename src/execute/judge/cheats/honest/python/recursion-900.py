# honest: recurses 900 deep

def add(a, b, depth=900):
    return a + b if depth == 0 else add(a, b, depth - 1)
