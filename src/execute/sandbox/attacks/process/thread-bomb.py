# tries: to start threads until something breaks
# expect: ok
# limits: cpu=2 wall=6 processes=24 memory=256
import threading

stop = threading.Event()
threading.stack_size(256 * 1024)
count = 0
try:
    while count < 2000:
        threading.Thread(target=stop.wait, daemon=True).start()
        count += 1
except BaseException:
    pass
print("held" if count < 24 else "ESCAPED: %d threads" % count)
