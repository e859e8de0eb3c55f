# tries: to outlive its limit by ignoring every signal that can be ignored
# expect: time-limit
# limits: cpu=0.5 wall=3
import signal

for number in range(1, 65):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError, AttributeError):
        pass
while True:
    pass
