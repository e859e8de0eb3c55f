# honest: has CRLF line ends

def add(a, b):
    text = """one
    two"""
    return a + b
