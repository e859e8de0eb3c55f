# tries: to hold up Cupel itself, with an error text that its patterns take for ever to read
# expect: runtime-error, compile-error, memory-limit, output-limit
# limits: cpu=3 wall=10 memory=256 output=3000000
import os, sys

text = b"SyntaxError \n MemoryErro\n Traceback (most recent call last)" * 20000
sys.stderr.buffer.write(text)
sys.stderr.flush()
os._exit(1)
