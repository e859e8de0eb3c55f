# tries: to make a file of a petabyte that takes no room
# expect: ok
# limits: cpu=2 wall=6 disk=8
import os, signal

if hasattr(signal, "SIGXFSZ"):
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with open("sparse", "wb") as file:
    for size in (1 << 50, 1 << 40, 64 << 20):
        try:
            os.ftruncate(file.fileno(), size)
            print("ESCAPED: truncated to", size)
        except OSError:
            pass
        try:
            os.pwrite(file.fileno(), b"x", size)
            print("ESCAPED: wrote at", size)
        except OSError:
            pass
print("held")
