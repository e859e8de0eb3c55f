# Runs a program file as __main__ inside Pyodide. Defined in its own namespace; the program never sees these names.
# Covers: argv, environment, standard input in every form, exit codes, tracebacks without our frames, asyncio.run.
# Does not cover: threads, processes, sockets, signals: WebAssembly has none here.


def run_program(job):
    import base64
    import os
    import sys
    import traceback
    import types

    use_plain_event_loop()
    hide_drivers()
    home = "/home/program"
    os.makedirs(home, exist_ok=True)
    for name, content in job["files"].items():
        path = os.path.join(home, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(base64.b64decode(content))
    os.chdir(home)
    entry = os.path.join(home, job["entry"])
    os.environ.clear()
    os.environ.update({"HOME": home, "LANG": "C.UTF-8", "TZ": "UTC", **job["env"]})
    sys.argv[:] = [job["entry"], *job["args"]]
    sys.path[0:0] = [os.path.dirname(entry)]
    with open(entry, "rb") as file:
        source = file.read()

    main = types.ModuleType("__main__")
    main.__file__ = job["entry"]
    main.__builtins__ = __builtins__
    sys.modules["__main__"] = main
    try:
        code = compile(source, job["entry"], "exec", dont_inherit=True)
    except (SyntaxError, ValueError) as error:
        # In a function of its own, so that no frame of ours is in the traceback.
        lines = "".join(traceback.format_exception_only(error))
        return {"compileError": lines}
    ending = {"kind": "exit", "code": 0}
    try:
        exec(code, main.__dict__)
    except SystemExit as error:
        ending["code"] = exit_code(error.code)
    except MemoryError as error:
        show(error)
        ending = {"kind": "memory-limit"}
    except BaseException as error:
        show(error)
        ending["code"] = 130 if isinstance(error, KeyboardInterrupt) else 1
    try:
        import atexit

        atexit._run_exitfuncs()
    except BaseException as error:
        show(error)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BaseException:
            pass
    return {"stop": ending}


def hide_drivers():
    """A program may have modules of these names itself."""
    import sys

    for name in ("wire", "candidate", "examiner", "matrix"):
        sys.modules.pop(name, None)


def exit_code(code):
    import sys

    if code is None:
        return 0
    if isinstance(code, int):
        return code & 255
    print(code, file=sys.stderr)
    return 1


def show(error):
    """The traceback as CPython prints it: from the program's first frame on."""
    import sys

    trace = error.__traceback__
    error = error.with_traceback(trace.tb_next if trace is not None else None)
    hook = sys.excepthook
    try:
        hook(type(error), error, error.__traceback__)
    except BaseException:
        sys.__excepthook__(type(error), error, error.__traceback__)


def use_plain_event_loop():
    """Pyodide's loop belongs to the browser; a program's asyncio.run wants one that blocks."""
    import asyncio
    import time

    class Waiting:
        def select(self, timeout):
            if timeout is None or timeout > 0:
                time.sleep(0.05 if timeout is None else timeout)
            return []

    class PlainLoop(asyncio.BaseEventLoop):
        def __init__(self):
            super().__init__()
            self._selector = Waiting()

        def _process_events(self, events):
            pass

        def _write_to_self(self):
            pass

    class Policy(asyncio.events._BaseDefaultEventLoopPolicy):
        _loop_factory = PlainLoop

    asyncio.events._set_event_loop_policy(Policy())
    asyncio.events._set_running_loop(None)

    def run(main, *, debug=None, loop_factory=None):
        with asyncio.Runner(debug=debug, loop_factory=loop_factory) as runner:
            return runner.run(main)

    asyncio.run = asyncio.runners.run = run
