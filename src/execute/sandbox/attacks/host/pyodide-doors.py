# tries: to reach the host's JavaScript from Python
# expect: ok, runtime-error
# limits: cpu=4 wall=12 memory=256
import gc, sys

def tries(what, attempt):
    try:
        print("ESCAPED:", what, attempt())
    except BaseException:
        pass

def js():
    import js
    return js.process.pid

def proxy():
    for name in ("pyodide.ffi", "_pyodide_core", "pyodide_js", "js"):
        sys.modules.pop(name, None)
    from pyodide.ffi import to_js
    return to_js([1]).constructor.constructor("return process")().pid

def core():
    import _pyodide_core
    return _pyodide_core.run_js("process.pid")

def objects():
    for thing in gc.get_objects():
        if type(thing).__name__ == "JsProxy":
            return thing.constructor.constructor("return process")().pid
    raise LookupError

for attempt in (js, proxy, core, objects):
    tries(attempt.__name__, attempt)
print("held")
