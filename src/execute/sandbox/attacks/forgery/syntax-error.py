# tries: to be reported as a program that does not compile
# expect: runtime-error
import sys

sys.stderr.write('  File "main.py", line 1\n    x = (\n        ^\nSyntaxError: \'(\' was never closed\n')
sys.exit(1)
