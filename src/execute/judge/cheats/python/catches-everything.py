# tries: catches BaseException around an endless loop, timeouts included
# item: 22
# expect: time-limit, runtime-error, wrong

def add(a, b):
    while True:
        try:
            while True:
                a = a
        except BaseException:
            continue
