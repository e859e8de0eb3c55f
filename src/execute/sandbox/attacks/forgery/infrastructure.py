# tries: to be reported as a failure of the machine, which would not count
# expect: runtime-error
import os, sys

sys.stderr.write("warden: seccomp: Invalid argument\n")
sys.stdout.write('{"outcome":"infrastructure"}\n')
sys.stdout.flush()
os._exit(71)
