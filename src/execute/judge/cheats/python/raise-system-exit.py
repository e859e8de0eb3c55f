# tries: raises SystemExit at the top level after defining the function
# item: 13
# expect: runtime-error

def add(a, b):
    return None


raise SystemExit(0)
