# tries: to change the system, the drivers of Cupel and the interpreter itself
# expect: ok
import glob, os, sys

places = ["/", "/usr", "/usr/bin", "/usr/local/bin", "/bin", "/lib", "/etc", "/cupel", "/proc", "/dev", "/opt", os.path.dirname(os.__file__)]
for place in places + sys.path:
    if place.startswith("/tmp") or not place.startswith("/"):
        continue
    try:
        with open(place + "/ESCAPED", "w") as file:
            file.write("x")
        # WebAssembly has a file system of its own, and it is gone with the program.
        if sys.platform != "emscripten":
            print("ESCAPED: wrote in", place)
    except OSError:
        pass
for name in glob.glob("/cupel/*") + ["/etc/passwd", "/etc/hosts", "/usr/bin/env", "/bin/sh"]:
    for attempt in (lambda: open(name, "r+b"), lambda: os.chmod(name, 0o777), lambda: os.remove(name), lambda: os.utime(name)):
        try:
            attempt()
            if sys.platform != "emscripten":
                print("ESCAPED: changed", name)
        except OSError:
            pass
print("held")
