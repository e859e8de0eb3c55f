# tries: sends frames for ever
# item: 15
# expect: cheated, runtime-error, wrong, time-limit, output-limit, memory-limit

import os


def add(a, b):
    while True:
        for descriptor in range(3, 21):
            try:
                os.write(descriptor, b'{"ok": true}\n' * 1000)
            except OSError:
                pass
