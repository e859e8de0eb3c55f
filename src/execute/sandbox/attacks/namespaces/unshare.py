# tries: to enter new namespaces by the interpreter's own call and by the library's
# expect: ok
import os

def tries(what, attempt):
    try:
        if attempt() in (0, None):
            print("ESCAPED:", what)
    except BaseException:
        pass

def library():
    import ctypes
    return ctypes.CDLL(None).unshare(0x10000000)

tries("os.unshare", lambda: os.unshare(os.CLONE_NEWUSER))
tries("library", library)
print("held")
