# tries: to be scheduled before everybody else
# expect: ok
import os

def tries(what, attempt):
    try:
        attempt()
    except BaseException:
        return
    print("ESCAPED:", what)

tries("FIFO", lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(50)))
tries("RR", lambda: os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(50)))
tries("nice", lambda: os.setpriority(os.PRIO_PROCESS, 0, -20))
tries("nice of process 1", lambda: os.setpriority(os.PRIO_PROCESS, 1, -20))
print("held")
