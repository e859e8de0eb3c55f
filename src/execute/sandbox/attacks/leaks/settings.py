# tries: to leave its settings to the next program: folder, mask, limits, priority, environment, signals
# expect: ok
# repeat: 3
import os, signal, sys

elsewhere = "/tmp/elsewhere"
os.mkdir(elsewhere)
mask = os.umask(0o777)
if mask == 0o777:
    print("ESCAPED: the mask of an earlier program")
if "LEFT" in os.environ:
    print("ESCAPED: the environment of an earlier program")
os.environ["LEFT"] = os.environ["PATH"] = "left"
if sys.platform != "emscripten":
    import resource
    if os.getcwd() != "/tmp/work":
        print("ESCAPED: the folder of an earlier program", os.getcwd())
    os.chdir(elsewhere)
    if os.getpriority(os.PRIO_PROCESS, 0) == 19:
        print("ESCAPED: the priority of an earlier program")
    os.setpriority(os.PRIO_PROCESS, 0, 19)
    if resource.getrlimit(resource.RLIMIT_NOFILE)[0] == 11:
        print("ESCAPED: the limits of an earlier program")
    resource.setrlimit(resource.RLIMIT_NOFILE, (11, 11))
    if signal.getsignal(signal.SIGTERM) == signal.SIG_IGN:
        print("ESCAPED: the signals of an earlier program")
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if signal.SIGUSR1 in signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1, signal.SIGALRM}):
        print("ESCAPED: the signal mask of an earlier program")
    signal.alarm(1)
print("held")
