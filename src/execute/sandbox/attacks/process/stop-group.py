# tries: to stop its whole group, children included
# expect: time-limit, ok
# limits: cpu=1 wall=1
import os, signal, time

try:
    for _ in range(3):
        if os.fork() == 0:
            time.sleep(600)
    os.kill(0, signal.SIGSTOP)
except (OSError, AttributeError):
    pass
print("held")
