# tries: to use refused calls through the C library
# expect: ok
def tries(what, attempt):
    try:
        if attempt() >= 0:
            print("ESCAPED:", what)
    except BaseException:
        pass

def library(number, *arguments):
    import ctypes
    return ctypes.CDLL(None).syscall(number, *arguments)

for name, number, arguments in (("ptrace", 101, (0, 0, 0, 0)), ("mount", 165, (0, b"/tmp", b"tmpfs", 0, 0)), ("unshare", 272, (0x10000000,)),
                                ("bpf", 321, (0, 0, 0)), ("keyctl", 250, (0, -3)), ("io_uring_setup", 425, (1, 0)), ("clone3", 435, (0, 0)),
                                ("perf_event_open", 298, (0, 0, -1, -1, 0)), ("userfaultfd", 323, (0,)), ("seccomp", 317, (0, 0, 0)),
                                ("memfd_create", 319, (b"x", 0)), ("vmsplice", 278, (1, 0, 0, 0))):
    tries(name, lambda: library(number, *arguments))
print("held")
