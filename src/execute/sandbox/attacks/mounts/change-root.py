# tries: to change its root
# expect: ok
import os

os.makedirs("jail", exist_ok=True)
try:
    os.chroot("jail")
    print("ESCAPED: chroot")
except (OSError, AttributeError):
    pass
print("held")
