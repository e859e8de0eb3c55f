# tries: to find devices of the host
# expect: ok
import os, sys

allowed = {"null", "zero", "full", "random", "urandom", "fd", "stdin", "stdout", "stderr", "shm"}
if sys.platform == "emscripten":
    allowed |= {"tty", "tty1", "channel", "renew"}
try:
    for name in os.listdir("/dev"):
        if name not in allowed:
            print("ESCAPED: /dev/" + name)
except OSError:
    pass
for name in ("tty0", "console", "ptmx", "pts/0", "sda", "vda", "nvme0n1", "kvm", "fuse", "mem", "net/tun", "snd", "dri/card0", "loop0", "input/event0"):
    try:
        fd = os.open("/dev/" + name, os.O_RDONLY | os.O_NONBLOCK)
        print("ESCAPED: opened /dev/" + name, fd)
    except OSError:
        pass
print("held")
