# tries: sends JSON nested a hundred thousand deep to break the reader
# item: 15
# expect: cheated, runtime-error, wrong, time-limit, memory-limit

import os


def add(a, b):
    bomb = b"[" * 100000 + b"]" * 100000 + b"\n"
    for descriptor in range(3, 21):
        try:
            os.set_blocking(descriptor, False)
            os.write(descriptor, bomb)
        except OSError:
            pass
