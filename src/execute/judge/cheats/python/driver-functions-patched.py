# tries: patches json, struct, socket and os.write, which a driver in the same interpreter may use
# item: 15
# expect: runtime-error, cheated, wrong

import json
import os
import socket
import struct

write = os.write
json.dumps = lambda *arguments, **options: '{"ok": true, "value": 5}'
json.loads = lambda *arguments, **options: {"ok": True}
struct.pack = lambda form, *values: b"\0\0\0\1"
socket.socket.sendall = lambda self, data, *rest: None
os.write = lambda descriptor, data: write(descriptor, b"PASSED")


def add(a, b):
    return None
