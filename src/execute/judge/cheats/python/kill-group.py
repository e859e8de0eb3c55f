# tries: kills its whole process group, hoping that the judge is in it
# item: 13
# expect: runtime-error, wrong, time-limit

import os
import signal

# Safety catch: fires only where a private process namespace makes the ids tiny, so that running the corpus without
# isolation cannot end the processes of the person who runs it.
CONTAINED = os.getpid() < 16


def add(a, b):
    if CONTAINED:
        os.killpg(0, signal.SIGKILL)
    os._exit(0)
