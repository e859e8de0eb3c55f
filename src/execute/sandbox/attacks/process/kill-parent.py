# tries: to kill its parent; where that is outside the pid namespace the number is 0, which is the own group
# expect: runtime-error, ok
# needs: pid-ns or signal-scope
import os

try:
    os.kill(os.getppid(), 9)
except (OSError, AttributeError):
    pass
print("held")
