# tries: to swap files for links while they are read out, and to leave names that lead elsewhere
# expect: ok
# collect: yes
# limits: cpu=3 wall=10
import os, sys

def swap():
    while True:
        for target in ("CANARY_FILE", "/etc/passwd", "/proc/1/environ"):
            try:
                os.symlink(target, "ESCAPED-new")
                os.rename("ESCAPED-new", "swapped")
                with open("own", "w") as file:
                    file.write("mine")
                os.rename("own", "swapped")
            except OSError:
                pass

for name in (b"..\\..\\x", b"new\nline", b"\xff\xfe", b"-rf", b"...", b"~", b"a\\..", "\u202e".encode()):
    try:
        with open(name, "wb") as file:
            file.write(b"x")
    except OSError:
        pass
print("held")
sys.stdout.flush()
try:
    if os.fork() == 0:
        os.setsid()
        swap()
except (OSError, AttributeError):
    pass
