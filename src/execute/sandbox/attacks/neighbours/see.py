# tries: to see a program that runs at the same time: its processes, files, sockets
# expect: ok
# neighbour: yes
# limits: cpu=2 wall=8
import os, time

end = time.time() + 1
me = os.getpid()
while time.time() < end:
    try:
        for name in os.listdir("/proc"):
            if name.isdigit() and int(name) not in (1, me):
                print("ESCAPED: process", name)
                end = 0
    except OSError:
        pass
    for path in ("/tmp/NEIGHBOUR_FILE", "/tmp/work/NEIGHBOUR_FILE", "/dev/shm/NEIGHBOUR_FILE"):
        if os.path.exists(path):
            print("ESCAPED:", path)
            end = 0
    try:
        import socket
        socket.socket(socket.AF_UNIX).connect("\0NEIGHBOUR_SOCKET")
        print("ESCAPED: connected")
        end = 0
    except BaseException:
        pass
    time.sleep(0.02)
print("held")
