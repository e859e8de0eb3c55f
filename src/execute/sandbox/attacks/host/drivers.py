# tries: to use the drivers of the judge and the library of the sandbox against the sandbox
# expect: ok, runtime-error
# limits: cpu=2 wall=6 memory=256
import ctypes, gc, os, sys

def tries(what, attempt):
    try:
        seen = attempt()
        if seen:
            print("ESCAPED:", what, seen)
    except BaseException:
        pass

print("held")
sys.stdout.flush()
for name in ("wire", "candidate", "examiner", "matrix", "zygote"):
    tries(name, lambda: name in sys.modules and name)
# What the program itself was given is its own; anything else of Cupel's process would be a find.
tries("secrets in memory", lambda: [o["CANARY_VARIABLE"] for o in gc.get_objects() if isinstance(o, dict) and o.get("CANARY_VARIABLE") not in (None, "CANARY_VARIABLE")])
tries("the library", lambda: ctypes.CDLL("/cupel/warden.so").cupel_serve(1, None) and None)
