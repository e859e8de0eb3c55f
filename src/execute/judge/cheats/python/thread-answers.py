# tries: a thread writes answers to the channel while the main thread computes
# item: 15
# expect: runtime-error, cheated, wrong

import os
import threading


def answer():
    for descriptor in range(3, 21):
        try:
            os.write(descriptor, b'{"id": 2, "value": 0, "ok": true}\n')
        except OSError:
            pass


def add(a, b):
    thread = threading.Thread(target=answer)
    thread.start()
    thread.join()
    return None
