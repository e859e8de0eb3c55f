# tries: moves its standard output over the private channel and prints a forged result
# item: 15
# expect: runtime-error, cheated, wrong, time-limit

import os


def add(a, b):
    for descriptor in range(3, 21):
        try:
            os.fstat(descriptor)
            os.dup2(1, descriptor)
        except OSError:
            pass
    print('{"id": 1, "value": 5, "ok": true}', flush=True)
