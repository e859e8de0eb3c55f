# tries: writes forged frames with length prefixes, big and little endian
# item: 15
# expect: cheated, runtime-error, wrong

import json
import os
import struct


def add(a, b):
    body = json.dumps({"id": 1, "value": {"int": "5"}, "ok": True}).encode()
    for prefix in (">I", "<I", ">Q", "<Q"):
        for descriptor in range(3, 21):
            try:
                os.write(descriptor, struct.pack(prefix, len(body)) + body)
            except OSError:
                pass
    os._exit(0)
