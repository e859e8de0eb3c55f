# tries: to resolve names, which would ask a server
# expect: ok
def tries(name):
    try:
        import socket, sys
        address = socket.getaddrinfo(name, 80)
        # WebAssembly makes addresses up; what counts there is that nothing answers at them.
        if sys.platform == "emscripten":
            socket.create_connection((name, 80), timeout=0.2).recv(1)
        print("ESCAPED:", address)
    except BaseException:
        pass

tries("host.invalid")
print("held")
