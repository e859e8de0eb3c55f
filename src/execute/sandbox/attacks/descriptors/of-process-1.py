# tries: to open the descriptors, the memory and the files of the first process
# expect: ok
import os

for what in ("fd", "fdinfo", "map_files", "task"):
    try:
        names = os.listdir("/proc/1/" + what)
    except OSError:
        continue
    for name in names:
        try:
            target = os.readlink("/proc/1/%s/%s" % (what, name))
            if what == "fd":
                print("ESCAPED: descriptor", name, "of process 1 is", target)
        except OSError:
            pass
for what in ("mem", "environ", "maps", "stack", "auxv", "io", "root/etc/hostname", "cwd/etc/hostname"):
    try:
        with open("/proc/1/" + what, "rb") as file:
            if file.read(1):
                print("ESCAPED: read", what)
    except (OSError, ValueError):
        pass
print("held")
