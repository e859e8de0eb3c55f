# tries: to sleep for ever
# expect: time-limit
# limits: cpu=1 wall=1
import time

time.sleep(10**6)
