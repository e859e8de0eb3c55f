# tries: to change the interpreter that the next program gets: modules, builtins, hooks, handlers
# expect: ok
# repeat: 4
import atexit, builtins, codecs, gc, json, math, random, re, sys, threading, time, warnings

def left(what, condition):
    if condition:
        print("ESCAPED:", what)

left("sys", getattr(sys, "mark", None))
left("builtins", getattr(builtins, "mark", None))
left("patched print", builtins.print.__name__ != "print")
left("patched math", math.sqrt(4) != 2)
left("patched json", json.loads("1") != 1)
left("patched re", re.match("a", "a") is None)
left("patched time", time.time() < 10**9)
left("fake module", "planted" in sys.modules)
left("meta path", any(type(one).__name__ == "Finder" for one in sys.meta_path))
left("path", "/tmp/planted" in sys.path)
left("gc callbacks", any(getattr(one, "__name__", "") == "callback" for one in gc.callbacks))
left("gc threshold", gc.get_threshold()[0] == 12345)
left("recursion limit", sys.getrecursionlimit() == 54321)
left("trace", sys.gettrace() or sys.getprofile())
left("excepthook", sys.excepthook is not sys.__excepthook__ and sys.excepthook.__name__ == "hook")
left("threads", threading.active_count() > 1)
left("switch interval", sys.getswitchinterval() == 1.5)
left("integer limit", getattr(sys, "get_int_max_str_digits", lambda: 4300)() == 0)

def patched(*arguments, **named):
    return "ESCAPED: patched"

def hook(*arguments):
    pass

def callback(phase, info):
    pass

class Finder:
    @staticmethod
    def find_spec(name, path=None, target=None):
        return None

print("held")
sys.stdout.flush()
sys.mark = builtins.mark = True
math.sqrt = json.loads = re.match = random.random = patched
time.time = lambda: 0
sys.modules["planted"] = sys
sys.meta_path.insert(0, Finder)
sys.path.insert(0, "/tmp/planted")
sys.setrecursionlimit(54321)
sys.setswitchinterval(1.5)
gc.callbacks.append(callback)
gc.set_threshold(12345)
sys.excepthook = hook
builtins.print = patched
warnings.filterwarnings("error")
codecs.register(lambda name: None)
atexit.register(lambda: None)
if hasattr(sys, "set_int_max_str_digits"):
    sys.set_int_max_str_digits(0)
if hasattr(sys, "addaudithook"):
    sys.addaudithook(lambda event, arguments: None)
