# tries: to break whoever cleans up with names that are long, empty-looking or no text at all
# expect: ok
# limits: cpu=2 wall=6
import os

for name in (b"x" * 255, b"x" * 256, b"\xff\xfe\x80", b"new\nline", b" ", b"-rf", b"*", b"\x1b[2J", "\u202e".encode(), b"a" * 100 + b"/" + b"b"):
    try:
        open(name, "wb").close()
    except OSError:
        pass
print("held")
