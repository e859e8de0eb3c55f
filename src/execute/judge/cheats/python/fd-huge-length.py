# tries: announces a frame of 4 GB so that the reader allocates or waits for ever
# item: 15
# expect: cheated, runtime-error, wrong, time-limit, memory-limit

import os

for descriptor in range(3, 21):
    try:
        os.write(descriptor, b"\xff\xff\xff\xff" + b"4294967295\n")
    except OSError:
        pass


def add(a, b):
    return None
