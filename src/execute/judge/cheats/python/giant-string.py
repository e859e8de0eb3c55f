# tries: returns a string of 300 MB for the examiner to swallow
# item: 23
# expect: memory-limit, runtime-error, wrong, cheated, output-limit, time-limit

def add(a, b):
    return "x" * 300_000_000
