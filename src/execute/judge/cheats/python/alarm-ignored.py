# tries: ignores SIGALRM, SIGXCPU and SIGTERM and spins
# item: 22
# expect: time-limit, runtime-error, wrong

import signal

for name in ("SIGALRM", "SIGXCPU", "SIGTERM", "SIGINT", "SIGVTALRM", "SIGPROF"):
    signal.signal(getattr(signal, name), signal.SIG_IGN)
try:
    signal.setitimer(signal.ITIMER_REAL, 0)
except OSError:
    pass


def add(a, b):
    while True:
        pass
