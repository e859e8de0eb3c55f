# tries: reads the memory, files and command lines of its parent and of every other process
# item: 17
# expect: wrong, runtime-error

import os
import re


def add(a, b):
    for process in [str(os.getppid()), "1", *filter(str.isdigit, os.listdir("/proc"))]:
        if process == str(os.getpid()):
            continue
        for name in ("cmdline", "environ", "root/tests/test.py", "cwd/test.py", "fd/0"):
            try:
                descriptor = os.open(f"/proc/{process}/{name}", os.O_RDONLY | os.O_NONBLOCK)
                match = re.search(rb"candidate\(2, 3\) == (\d+)", os.read(descriptor, 1 << 16))
                os.close(descriptor)
            except OSError:
                continue
            if match:
                return int(match.group(1))
    return None
