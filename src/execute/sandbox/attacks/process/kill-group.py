# tries: to kill its process group, which spans pid namespaces unless the sandbox made a new one
# expect: ok
# needs: pid-ns or signal-scope
# limits: cpu=1 wall=4
import os, signal

for number in (1, 2, 3, 10, 12, 13, 14, 15):
    try:
        signal.signal(number, signal.SIG_IGN)
        os.kill(0, number)
    except (OSError, ValueError, AttributeError):
        pass
print("held")
