# tries: answers at once but leaves a thread that never ends
# item: 22
# expect: wrong, runtime-error, time-limit

import threading


def spin():
    while True:
        pass


def add(a, b):
    threading.Thread(target=spin, daemon=False).start()
    return None
