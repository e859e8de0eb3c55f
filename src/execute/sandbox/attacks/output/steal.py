# tries: to read back and to close what was printed, by opening its own pipe from the other side
# expect: ok, time-limit
# limits: cpu=1 wall=2
import os

try:
    with open("/proc/self/fd/1", "rb", buffering=0) as back:
        os.set_blocking(back.fileno(), False)
        back.read(10)
except BaseException:
    pass
print("held")
