# tries: to read through links that lead out of its folder
# expect: ok
import os

def tries(what, attempt):
    try:
        print("ESCAPED:", what, attempt())
    except (OSError, AttributeError):
        pass

def link(target):
    if os.path.lexists("link"):
        os.remove("link")
    os.symlink(target, "link")
    return open("link").read()

for target in ("CANARY_FILE", "/proc/1/root/CANARY_FILE", "/proc/self/root/CANARY_FILE", "/proc/self/cwd/../../../../CANARY_FILE", "../../../../../../../CANARY_FILE", "/proc/self/task/1/root/CANARY_FILE"):
    tries("symlink to " + target, lambda: link(target))
tries("hard link", lambda: os.link("CANARY_FILE", "hard"))
tries("hard link to a program", lambda: os.link("/usr/bin/env", "hard"))
tries("rename", lambda: os.rename("CANARY_FILE", "here"))
print("held")
