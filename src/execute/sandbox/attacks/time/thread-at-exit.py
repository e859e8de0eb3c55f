# tries: to go on in a thread that the interpreter waits for
# expect: time-limit, runtime-error
# limits: cpu=0.5 wall=2
import threading, time

def for_ever():
    while True:
        time.sleep(0.05)

threading.Thread(target=for_ever).start()
