# tries: to reach a server on the loopback of the host
# expect: ok
def tries(what, attempt):
    try:
        print("ESCAPED:", what, attempt())
    except BaseException:
        pass

def http():
    import urllib.request
    return urllib.request.urlopen("http://127.0.0.1:CANARY_PORT/", timeout=1).read(10)

def plain(host):
    import socket
    with socket.create_connection((host, CANARY_PORT), timeout=1) as opened:
        data = opened.recv(100)
    if not data:
        raise OSError
    return data

tries("http", http)
for host in ("127.0.0.1", "localhost", "0.0.0.0", "::1", "127.1.2.3"):
    tries(host, lambda: plain(host))
print("held")
