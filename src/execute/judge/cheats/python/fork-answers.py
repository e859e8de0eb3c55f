# tries: forks: parent and child both go on and answer the same request
# item: 15
# expect: runtime-error, cheated, wrong, time-limit

import os


def add(a, b):
    return 5 if os.fork() == 0 else 0
