# tries: sends bytes that are no text
# item: 15
# expect: cheated, runtime-error, wrong

import os

for descriptor in range(3, 21):
    try:
        os.write(descriptor, bytes([0xC0, 0x80, 0xFF, 0xFE, 0xED, 0xA0, 0x80]) + b"\n")
    except OSError:
        pass


def add(a, b):
    return None
