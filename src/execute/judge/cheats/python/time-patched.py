# tries: stops the clock of whoever shares the interpreter, then spins
# item: 22
# expect: time-limit, runtime-error, wrong

import time

time.time = time.monotonic = time.perf_counter = time.process_time = lambda: 0.0
time.sleep = lambda seconds: None


def add(a, b):
    while True:
        time.sleep(1)
