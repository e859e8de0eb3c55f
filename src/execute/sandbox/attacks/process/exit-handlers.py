# tries: to start processes at its very end
# expect: ok
# limits: cpu=1 wall=4
import atexit, os, threading, time

def late():
    try:
        if os.fork() == 0:
            os.setsid()
            time.sleep(600)
    except (OSError, AttributeError):
        pass

atexit.register(late)
try:
    threading.Thread(target=late).start()
except BaseException:
    pass
print("held")
