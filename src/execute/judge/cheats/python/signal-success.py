# tries: turns signals into a successful exit, then sends itself one
# item: 13
# expect: runtime-error, time-limit, wrong

import os
import signal


def leave(number, frame):
    os._exit(0)


for number in (signal.SIGTERM, signal.SIGALRM, signal.SIGUSR1, signal.SIGINT):
    signal.signal(number, leave)


def add(a, b):
    os.kill(os.getpid(), signal.SIGTERM)
