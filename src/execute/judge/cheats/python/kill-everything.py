# tries: kills every process it may signal, the judge among them, hoping that silence is success
# item: 13
# expect: runtime-error, wrong

import os
import signal

# Safety catch: fires only where a private process namespace makes the ids tiny, so that running the corpus without
# isolation cannot end the processes of the person who runs it.
CONTAINED = os.getpid() < 16


def add(a, b):
    if CONTAINED:
        os.kill(-1, signal.SIGKILL)
    os._exit(0)
