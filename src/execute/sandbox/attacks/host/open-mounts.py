# tries: to learn where on the host its files come from
# expect: ok
import re

try:
    with open("/proc/self/mountinfo") as file:
        text = file.read()
except OSError:
    text = ""
# Only folders it needs may be named: never the caller's home as a whole, never the root.
for line in text.splitlines():
    fields = line.split(" ")
    if fields[3] == "/" and not re.search(r" - (tmpfs|proc|overlay|ext4|xfs|btrfs) ", line):
        print("ESCAPED:", line)
    if fields[4] == "/" and " - tmpfs " not in line:
        print("ESCAPED: the root is", line)
    if fields[5].split(",")[0] == "rw" and fields[4] not in ("/tmp", "/proc"):
        print("ESCAPED: writable", line)
print("held")
