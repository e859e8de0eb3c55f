# tries: leaves a daemon behind in its own session that outlives the run and keeps the pipes open
# item: 22
# expect: runtime-error, wrong, cheated, time-limit

import os
import time


def add(a, b):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            time.sleep(60)
        os._exit(0)
    os._exit(0)
