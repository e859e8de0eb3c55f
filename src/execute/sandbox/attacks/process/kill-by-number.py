# tries: to kill the process of a user of this machine by the number it has there
# expect: ok
# needs: pid-ns or signal-scope
import os

for pid in (CANARY_PID, -CANARY_PID, os.getppid() or 1):
    for number in (15, 9):
        try:
            os.kill(pid, number)
        except (OSError, AttributeError):
            pass
print("held")
