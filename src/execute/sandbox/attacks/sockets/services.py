# tries: to talk to services of the host by their sockets in the file system
# expect: ok
def tries(path):
    try:
        import socket
        opened = socket.socket(socket.AF_UNIX)
        opened.connect(path)
        print("ESCAPED: connected to", path)
    except BaseException:
        pass

for path in ("/var/run/docker.sock", "/run/docker.sock", "/run/containerd/containerd.sock", "/run/podman/podman.sock", "/run/dbus/system_bus_socket",
             "/run/systemd/private", "/run/systemd/journal/socket", "/run/systemd/notify", "/tmp/.X11-unix/X0", "/run/user/0/bus", "/run/user/1000/bus",
             "/run/user/1000/wayland-0", "/run/snapd.socket", "/dev/log", "/run/nscd/socket", "/run/user/1000/keyring/ssh", "/run/mysqld/mysqld.sock"):
    tries(path)
print("held")
