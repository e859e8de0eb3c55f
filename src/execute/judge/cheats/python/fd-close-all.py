# tries: closes every descriptor, hoping that an end of file counts as done
# item: 15
# expect: runtime-error, cheated, wrong

import os


def add(a, b):
    os.closerange(3, 256)
