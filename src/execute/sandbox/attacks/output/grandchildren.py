# tries: to let grandchildren fill the output
# expect: output-limit
# limits: cpu=2 wall=6 output=65536
# wasm: no (it has no processes)
import os, sys, time

for _ in range(3):
    if os.fork() == 0:
        if os.fork() == 0:
            while True:
                os.write(1, b"grandchild " * 50)
        os._exit(0)
time.sleep(30)
