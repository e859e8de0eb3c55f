# tries: leaves a patch in files and modules for the next candidate (see state-second)
# item: 18
# expect: wrong, runtime-error

import builtins
import os
import sys
import tempfile

builtins.add = lambda a, b: a + b
sys.modules["leftover"] = builtins
for folder in (".", tempfile.gettempdir(), "/dev/shm", os.path.expanduser("~")):
    try:
        with open(os.path.join(folder, "cupel_leftover.py"), "w") as file:
            file.write("def add(a, b):\n    return a + b\n")
    except OSError:
        pass


def add(a, b):
    return None
