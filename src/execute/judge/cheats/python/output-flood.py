# tries: prints without end
# item: 23
# expect: output-limit, time-limit, wrong, runtime-error

def add(a, b):
    while True:
        print("x" * 10_000)
