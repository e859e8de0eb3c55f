# tries: imports what an earlier candidate left behind; it defines nothing itself
# item: 18
# expect: runtime-error, wrong

import sys

sys.path += [".", "/tmp", "/dev/shm", "/var/tmp"]
from cupel_leftover import add  # noqa
