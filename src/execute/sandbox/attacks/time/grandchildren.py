# tries: to compute in grandchildren that end and are waited for
# expect: time-limit
# because: CPU
# limits: cpu=0.5 wall=60
# wasm: no (it has no processes)
import os, time

while True:
    pid = os.fork()
    if pid == 0:
        end = time.process_time() + 0.05
        while time.process_time() < end:
            pass
        os._exit(0)
    os.waitpid(pid, 0)
