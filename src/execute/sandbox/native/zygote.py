"""The warm interpreter: imports once, then every job is a fork of it (warden.c does the forking and the isolation).

Started inside the outer sandbox as `python3 -I zygote.py`. The server loop is C and never comes back here except in a
child, so that the pages of this process stay untouched and shared.
"""

import ctypes
import gc
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)

# Imported once for all: what model-written programs use most, and what the drivers need. Each module makes every fork a
# little dearer (page tables), so those that take long and are rarely used (asyncio, dataclasses) are left out.
import ast, atexit, bisect, builtins, collections, collections.abc, copy, datetime, enum, functools, heapq, itertools  # noqa
import json, math, operator, random, re, select, socket, string, struct, threading, time, traceback, types, typing  # noqa
import wire, candidate, examiner, matrix  # noqa

sys.path.remove(HERE)
ROLE_RUN, ROLE_CANDIDATE, ROLE_EXAMINER = 1, 2, 3


class Blob(ctypes.Structure):
    _fields_ = [("data", ctypes.c_void_p), ("size", ctypes.c_uint32)]


class Job(ctypes.Structure):
    _fields_ = [("role", ctypes.c_uint32), ("blobs", ctypes.c_uint32), ("blob", Blob * 4096)]


def blobs(job):
    return [ctypes.string_at(job.blob[i].data, job.blob[i].size) for i in range(job.blobs)]


def socket_channel(sock):
    """The channel of a stream socket; `before_read(readable)` may be set to wait with a limit of one's own."""
    channel = wire.Channel(None, sock.sendall)
    channel.before_read = None
    poller = select.poll()
    poller.register(sock, select.POLLIN)

    def read(size):
        if channel.before_read:
            channel.before_read(lambda seconds: poller.poll(seconds * 1000))
        return sock.recv(size)

    channel.read = read
    return channel


# ── a program run as it is ──


def run_program(parts):
    argv = [item.decode("utf-8", "surrogateescape") for item in parts[0].split(b"\0")[:-1]]
    if parts[1]:
        os.environb.update(pair.split(b"=", 1) for pair in parts[1].split(b"\0")[:-1])
    path = argv[0]
    main = types.ModuleType("__main__")
    main.__file__, main.__builtins__ = path, builtins
    sys.modules["__main__"] = main
    sys.argv = argv
    sys.path.insert(0, os.environ["HOME"] + "/" + path.rpartition("/")[0])
    hide_drivers()
    code = 0
    try:
        with open(path, "rb") as file:
            program = compile(file.read(), path, "exec", dont_inherit=True)
        exec(program, main.__dict__)
    except SystemExit as end:
        code = exit_code(end)
    except BaseException as error:
        code = 1
        show(error, path)
    leave(code)


def exit_code(end):
    if end.code is None:
        return 0
    if isinstance(end.code, int):
        return end.code & 0xFF
    print(end.code, file=sys.stderr)
    return 1


def show(error, path):
    """The traceback as python3 prints it: without our own frames."""
    trace = error.__traceback__
    while trace is not None and trace.tb_frame.f_code.co_filename == __file__:
        trace = trace.tb_next
    try:
        sys.excepthook(type(error), error.with_traceback(trace), trace)
    except BaseException:
        traceback.print_exception(type(error), error, trace)


def leave(code):
    """The end of an interpreter without tearing it down page by page: threads, atexit, flush, exit."""
    try:
        if threading.active_count() > 1:
            threading._shutdown()
        atexit._run_exitfuncs()
    except SystemExit as end:
        code = exit_code(end)
    except BaseException as error:
        show(error, "")
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BaseException:
            code = code or 120
    os._exit(code)


# ── judging ──


def hide_drivers():
    for name in ("wire", "candidate", "examiner", "matrix"):
        sys.modules.pop(name, None)


def run_candidate(parts):
    channel = socket_channel(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, 0, 3))
    hide_drivers()
    sys.modules.pop("__main__", None)
    sys.argv = ["solution.py"]
    candidate.run(channel, parts[0], examiner.run_in_process)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BaseException:
            pass
    os._exit(0)


def run_examiner(parts):
    """One suite, any number of candidates: each comes as a channel, and goes as a report."""
    control = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET, 0, 3)
    suite = json.loads(parts[0])
    read_suite = None

    def receive():
        message, fds, _, _ = socket.recv_fds(control, 16, 1)
        if not message:
            os._exit(0)
        return socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, 0, fds[0])

    def renew():
        control.send(b"r")
        return socket_channel(receive())

    def cpu():
        control.send(b"c")
        return struct.unpack("=Q", control.recv(8))[0]

    while True:
        sock = receive()
        try:
            if suite["kind"] == "matrix":
                if read_suite is None:
                    read_suite = matrix.Matrix(suite["trusted"], suite["tests"], suite["entry"], suite["seconds"])
                report = {"row": read_suite.row(socket_channel(sock), renew, cpu)}
            else:
                if read_suite is None:
                    read_suite = examiner.Script(suite["trusted"], suite["script"], suite["entry"])
                report = examiner.examine(read_suite, socket_channel(sock), suite["mode"])
        except SyntaxError as error:
            report = {"ended": "bad-suite", "reason": "the test script does not compile: %s" % error}
        except MemoryError:
            report = {"ended": "memory-limit", "reason": "what the candidate returned did not fit into memory", "calls": 0, "tests": []}
        sock.close()
        data = json.dumps(report).encode()
        for start in range(0, max(len(data) - 60000, 0), 60000):
            control.send(b"P" + data[start : start + 60000])
        control.send(b"V" + data[max(0, (len(data) - 1) // 60000 * 60000 if len(data) > 60000 else 0) :])


def warm_up():
    """Touches once what every child would otherwise touch first: the compiler, the encoder, exception handling."""
    sink = []
    channel = wire.Channel(None, sink.append)
    program = "def f(x):\n    return [x, (1, 2.5), {'a': None}]\n"
    script = examiner.Script("import math\n", "def check(candidate):\n    assert candidate(1) == 1, 'no'\n", "f")
    tester = candidate.Candidate(channel, candidate.define(compile(program, "solution.py", "exec")))
    tester.perform({"o": "call", "f": "f", "a": [1], "k": {"t": "dict", "v": []}, "m": 1, "u": 1})
    channel.send({"v": tester.side.encode([1, (2, "x")])})
    wire.parse(b'{"v": [1, {"t": "tuple", "v": []}]}')
    try:
        script.run(examiner.Session(wire.Channel(lambda n: b"", sink.append), "f"))
    except examiner.CandidateGone:
        pass
    sys.modules.pop("solution", None)
    print("", end="", file=sys.stderr)


def main():
    warden = ctypes.PyDLL(os.path.join(HERE, "warden.so"))
    warm_up()
    os.environ.pop("PYTHONHASHSEED", None)
    job = ctypes.POINTER(Job)()
    gc.collect()
    gc.freeze()
    role = warden.cupel_serve(ctypes.byref(job))
    # A child of a plain fork: there is one thread and it goes on here, so nothing of the interpreter needs mending but
    # the one thing that must not be the same in all children.
    random.seed()
    parts = blobs(job.contents)
    gc.enable()
    {ROLE_RUN: run_program, ROLE_CANDIDATE: run_candidate, ROLE_EXAMINER: run_examiner}[role](parts)


main()
