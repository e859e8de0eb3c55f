# tries: to leave a server on an abstract socket for the next program
# expect: ok
# repeat: 4
import os, sys, time

def main():
    import socket
    name = "\0cupel-attack-left"
    probe = socket.socket(socket.AF_UNIX)
    try:
        probe.connect(name)
        print("ESCAPED: a server of an earlier program")
    except OSError:
        pass
    server = socket.socket(socket.AF_UNIX)
    server.bind(name)
    server.listen()
    print("held")
    sys.stdout.flush()
    if os.fork() == 0:
        os.setsid()
        time.sleep(600)

try:
    main()
except BaseException as error:
    print("held" if sys.platform == "emscripten" else "ESCAPED: %r" % error)
