# The neighbour: a program that harms nobody and has something to lose. It must not notice that an attack runs beside it.
import os, sys, time

secret = "polite 42"
with open("NEIGHBOUR_FILE", "w") as file:
    file.write(secret)
os.environ["NEIGHBOUR_VARIABLE"] = "NEIGHBOUR_FILE"
visitors, child, alive = 0, 0, True
if sys.platform != "emscripten":
    import socket

    server = socket.socket(socket.AF_UNIX)
    server.bind("\0NEIGHBOUR_SOCKET")
    server.listen()
    server.setblocking(False)
    child = os.fork()
    if child == 0:
        time.sleep(60)
        os._exit(0)
total = 0
for step in range(15):
    total += sum(range(10000))
    time.sleep(0.08)
if child:
    try:
        server.accept()
        visitors += 1
    except BlockingIOError:
        pass
    alive = os.waitpid(child, os.WNOHANG) == (0, 0)
    os.kill(child, 9)
    os.waitpid(child, 0)
with open("NEIGHBOUR_FILE") as file:
    kept = file.read() == secret
entries = sorted(os.listdir("."))
if kept and alive and visitors == 0 and total == 15 * 49995000 and set(entries) <= {"NEIGHBOUR_FILE", "main.py"}:
    print(secret)
else:
    print("disturbed:", kept, alive, visitors, total, entries)
