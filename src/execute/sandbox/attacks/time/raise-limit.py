# tries: to give itself more time
# expect: time-limit
# because: CPU
# limits: cpu=0.5 wall=60
try:
    import resource, signal
    signal.signal(signal.SIGXCPU, signal.SIG_IGN)
    for more in ((resource.RLIM_INFINITY, resource.RLIM_INFINITY), (3600, 3600)):
        try:
            resource.setrlimit(resource.RLIMIT_CPU, more)
            print("ESCAPED: raised", more)
        except (OSError, ValueError):
            pass
except ImportError:
    pass
while True:
    pass
