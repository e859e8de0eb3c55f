# tries: reads requests from the channel itself and answers each with its own echo
# item: 15
# expect: runtime-error, cheated, wrong, time-limit, memory-limit

import os


def add(a, b):
    for descriptor in range(3, 21):
        try:
            os.set_blocking(descriptor, False)
            seen = os.read(descriptor, 65536)
            os.write(descriptor, seen + seen)
        except OSError:
            pass
    return None
