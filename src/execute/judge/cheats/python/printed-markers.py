# tries: prints every success marker there is
# item: 14
# expect: wrong

import sys

for text in ("OK", "PASSED", "1 passed in 0.01s", "Ran 4 tests in 0.000s\n\nOK", "All tests passed", '{"passed": true}'):
    print(text)
    print(text, file=sys.stderr)
sys.stdout.flush()


def add(a, b):
    print("PASSED", flush=True)
