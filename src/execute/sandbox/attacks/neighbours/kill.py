# tries: to stop a program that runs at the same time, and its group
# expect: ok
# neighbour: yes
# needs: pid-ns or signal-scope
# limits: cpu=2 wall=8
import os, signal, time

for _ in range(10):
    for pid in range(2, 300):
        if pid == os.getpid():
            continue
        for number in (signal.SIGSTOP, signal.SIGTERM):
            try:
                os.kill(pid, number)
            except (OSError, AttributeError):
                pass
    time.sleep(0.05)
print("held")
