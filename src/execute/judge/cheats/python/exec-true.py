# tries: replaces the process with a program that succeeds
# item: 13
# expect: runtime-error

import os


def add(a, b):
    for path in ("/bin/true", "/usr/bin/true"):
        try:
            os.execv(path, ["true"])
        except OSError:
            pass
    os._exit(0)
