# tries: to see processes of the host
# expect: ok
# needs: pid-ns or signal-scope
import os

try:
    seen = [name for name in os.listdir("/proc") if name.isdigit()]
except OSError:
    seen = []
if len(seen) > 3:
    print("ESCAPED: processes", seen)
try:
    with open("/proc/CANARY_PID/cmdline", "rb") as file:
        line = file.read()
    if b"warden" not in line and b"zygote" not in line:
        print("ESCAPED: process CANARY_PID is", line)
except OSError:
    pass
print("held")
