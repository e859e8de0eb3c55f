# tries: sets PYTHONSTARTUP, PYTHONPATH, LD_PRELOAD and PATH for later processes
# item: 16
# expect: wrong, runtime-error

import os
import subprocess
import sys

for name in ("PYTHONSTARTUP", "PYTHONPATH", "LD_PRELOAD", "PATH", "NODE_OPTIONS"):
    os.environ[name] = os.getcwd()
try:
    subprocess.run([sys.executable, "-c", "print('PASSED')"], timeout=2)
except Exception:
    pass


def add(a, b):
    return None
