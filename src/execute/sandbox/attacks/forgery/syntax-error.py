# tries: to be reported as a program that does not compile: which of its own failures it shows is its choice
# expect: runtime-error, compile-error
import sys

sys.stderr.write('  File "main.py", line 1\n    x = (\n        ^\nSyntaxError: \'(\' was never closed\n')
sys.exit(1)
