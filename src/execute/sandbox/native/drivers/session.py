"""The driver of a Python or SQL session: takes cells, runs them, answers with rich results. It shares a process with
the cells, so nothing it answers is believed beyond this session.

Messages on descriptor 3 and answers on descriptor 4 are a decimal length, a newline and that many bytes. A message is
a verb and what follows it on the next lines: `cell`, `complete`, or `branch`, after which the process goes on twice, and
the copy answers on streams of its own. An answer is JSON.
"""

import ctypes
import fcntl
import json
import os
import signal
import stat
import sys

MAX_RESULTS = 8 << 20


class Cells:
    """What a language makes of a message; the session's process is this object's process."""

    def run(self, source):
        """Runs one cell; returns the answer."""
        raise NotImplementedError

    def complete(self, source):
        """Whether more lines must follow: 'complete', 'incomplete' or 'invalid'."""
        return "complete"


class Interrupt:
    """SIGINT stops a cell, and nothing but a cell."""

    def __init__(self):
        self.in_cell = False
        signal.signal(signal.SIGINT, self)

    def __call__(self, number, frame):
        if self.in_cell:
            raise KeyboardInterrupt


def read_exactly(size):
    parts = []
    while size > 0:
        part = os.read(3, min(size, 1 << 20))
        if not part:
            os._exit(0)
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def receive():
    digits = b""
    while not digits.endswith(b"\n"):
        digits += read_exactly(1)
    return read_exactly(int(digits))


def answer(message):
    data = json.dumps(message).encode()
    data = b"%d\n%s" % (len(data), data)
    while data:
        data = data[os.write(4, data) :]


def bounded(message):
    """Results too large for one answer are named, not sent."""
    room = MAX_RESULTS
    for result in message.get("results", []):
        for mime in sorted(result, key=lambda name: len(str(result[name]))):
            size = len(str(result[mime]))
            if size > room:
                result[mime] = "(%s of %d bytes left out: results of a cell may have %d)" % (mime, size, MAX_RESULTS)
            else:
                room -= size
    return message


def flush():
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BaseException:
            pass


def open_anew():
    """In a branch: open files are the branch's own copies, at the same place, and so is the working directory."""
    try:
        os.chdir(os.getcwd())
    except OSError:
        os.chdir("/tmp")
    for name in os.listdir("/proc/self/fd"):
        number = int(name)
        try:
            path = os.readlink("/proc/self/fd/" + name)
            if number <= 5 or not path.startswith("/tmp/") or not stat.S_ISREG(os.fstat(number).st_mode):
                continue
            place = os.lseek(number, 0, os.SEEK_CUR)
            copy = os.open(path, fcntl.fcntl(number, fcntl.F_GETFL) & ~(os.O_CREAT | os.O_EXCL | os.O_TRUNC))
            os.lseek(copy, place, os.SEEK_SET)
            os.dup2(copy, number, os.get_inheritable(number))
            os.close(copy)
        except OSError:
            pass  # a deleted file stays shared


def branch(warden):
    """Returns True in the branch. Its random numbers go on where those of the session stand: a copy is a copy."""
    flush()
    random = sys.modules.get("random")
    state = random.getstate() if random else None
    ctypes.pythonapi.PyOS_BeforeFork()
    side = warden.cupel_branch()
    if side != 0:
        ctypes.pythonapi.PyOS_AfterFork_Parent()
        return False
    ctypes.pythonapi.PyOS_AfterFork_Child()
    if random:
        random.setstate(state)
    open_anew()
    return True


def serve(cells, warden):
    interrupt = Interrupt()
    answer({"ready": True})
    while True:
        try:
            message = receive()
            if message == b"branch":
                if branch(warden):
                    answer({"ready": True})
                continue
            verb, _, source = message.decode("utf-8", "replace").partition("\n")
            if verb == "complete":
                answer({"complete": cells.complete(source)})
                continue
            interrupt.in_cell = True
            try:
                reply = cells.run(source)
            finally:
                interrupt.in_cell = False
            flush()
            answer(bounded(reply))
        except KeyboardInterrupt:  # it came between a cell and its answer
            interrupt.in_cell = False
            flush()
            answer({"results": [], "interrupted": True})


def load(language):
    if language == "sql":
        import session_sql as module
    else:
        import session_python as module
    return module.cells()
