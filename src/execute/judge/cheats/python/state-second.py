# tries: imports what an earlier candidate left behind; it defines nothing itself
# item: 18
# expect: runtime-error, wrong

import os
import sys
import tempfile

sys.path += [".", tempfile.gettempdir(), "/dev/shm", os.path.expanduser("~")]
from cupel_leftover import add  # noqa
