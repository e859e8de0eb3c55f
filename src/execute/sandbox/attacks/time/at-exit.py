# tries: to go on computing when the program has ended
# expect: time-limit
# limits: cpu=0.5 wall=5
import atexit

class Last:
    def __del__(self):
        while True:
            pass

def for_ever():
    while True:
        pass

atexit.register(for_ever)
last = Last()
