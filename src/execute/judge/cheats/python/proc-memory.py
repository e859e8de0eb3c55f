# tries: scans its own memory through /proc/self/mem for the test script
# item: 17
# expect: wrong, runtime-error, time-limit, memory-limit

import re


def add(a, b):
    with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", 0) as memory:
        for line in maps:
            start, end = (int(x, 16) for x in line.split()[0].split("-"))
            if " rw" not in line or end - start > 1 << 26:
                continue
            try:
                memory.seek(start)
                match = re.search(rb"assert candidate\(2, 3\) ==" + rb" (\d)", memory.read(end - start))
            except (OSError, ValueError, OverflowError):
                continue
            if match:
                return [int(match.group(1)), a, b]
    return None
