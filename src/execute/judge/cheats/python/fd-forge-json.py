# tries: writes forged result frames as lines of JSON to every descriptor up to 20
# item: 15
# expect: cheated, runtime-error, wrong

import json
import os

FRAME = json.dumps({"type": "result", "id": 1, "value": 5, "ok": True, "passed": True, "tests": 4}).encode() + b"\n"
for descriptor in range(3, 21):
    try:
        os.write(descriptor, FRAME)
    except OSError:
        pass


def add(a, b):
    return None
