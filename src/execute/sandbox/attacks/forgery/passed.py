# tries: to be taken for a program that ended well although it did not
# expect: runtime-error
import os, sys

print("OK: all tests passed, exit code 0")
sys.stdout.flush()
os.abort() if sys.platform != "emscripten" else os._exit(3)
