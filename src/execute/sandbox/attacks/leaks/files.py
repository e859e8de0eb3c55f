# tries: to leave files, folders, links and a module for the next program
# expect: ok
# repeat: 3
import os

try:
    import planted
    print("ESCAPED: imported what an earlier program planted")
except ImportError:
    pass
places = ("/tmp", "/tmp/work", "/dev/shm", os.getcwd(), os.path.expanduser("~/.local/lib/python3/site-packages"))
for place in places:
    if os.path.lexists(os.path.join(place, "left")):
        print("ESCAPED:", place)
for place in places:
    try:
        os.makedirs(place, exist_ok=True)
        os.symlink("/", os.path.join(place, "left"))
        with open(os.path.join(place, "planted.py"), "w") as file:
            file.write("x = 1\n")
        with open(os.path.join(place, "sitecustomize.py"), "w") as file:
            file.write("print('ESCAPED: sitecustomize')\n")
    except OSError:
        pass
print("held")
