# tries: to end while a grandchild keeps its output open for ever
# expect: ok
# limits: cpu=1 wall=6
import os, sys, time

try:
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            time.sleep(600)
        os._exit(0)
except (OSError, AttributeError):
    pass
print("held")
sys.stdout.flush()
