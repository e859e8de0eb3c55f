# tries: to open a socket of every family the interpreter knows
# expect: ok
import sys

try:
    import socket
except ImportError:
    print("held")
    sys.exit()
for name in dir(socket):
    if not name.startswith("AF_") or name == "AF_UNIX":
        continue
    for kind in (1, 2, 3, 5):
        try:
            opened = socket.socket(getattr(socket, name), kind)
            # WebAssembly hands out numbers; what counts there is that nothing can be reached.
            if sys.platform == "emscripten":
                opened.settimeout(0.2)
                opened.connect(("127.0.0.1", CANARY_PORT))
                opened.send(b"x")
                if opened.recv(1):
                    print("ESCAPED: connected by", name)
            else:
                print("ESCAPED:", name, kind)
        except BaseException:
            pass
print("held")
