# tries: to find and to reach abstract sockets of the host
# expect: ok
def tries(what, attempt):
    try:
        print("ESCAPED:", what, attempt())
    except BaseException:
        pass

def connect(name):
    import socket
    opened = socket.socket(socket.AF_UNIX)
    opened.connect(name)
    return opened

names = ["\0CANARY_SOCKET"]
try:
    with open("/proc/self/net/unix") as file:
        for line in file.read().splitlines()[1:]:
            path = line.split()[-1]
            if path.startswith("@"):
                print("ESCAPED: sees", path)
                names.append("\0" + path[1:])
except (OSError, IndexError):
    pass
for name in names:
    tries("connected", lambda: connect(name))
print("held")
