# tries: to stop the clock that measures it
# expect: time-limit
# because: CPU
# limits: cpu=0.5 wall=60
import time

time.time = time.monotonic = time.perf_counter = time.process_time = lambda: 0.0
try:
    import resource
    resource.getrusage = lambda who: None
except ImportError:
    pass
while True:
    time.time()
