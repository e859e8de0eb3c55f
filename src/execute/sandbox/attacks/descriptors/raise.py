# tries: to raise every limit it was given
# expect: ok
import sys

try:
    import resource
except ImportError:
    print("held")
    sys.exit()
for name in dir(resource):
    if name.startswith("RLIMIT_"):
        soft, hard = resource.getrlimit(getattr(resource, name))
        if hard == resource.RLIM_INFINITY:
            continue
        for more in ((soft, hard + 1), (resource.RLIM_INFINITY, resource.RLIM_INFINITY)):
            try:
                resource.setrlimit(getattr(resource, name), more)
            except (OSError, ValueError):
                continue
            # An answer of «yes» that changes nothing is a refusal too.
            if resource.getrlimit(getattr(resource, name))[1] != hard:
                print("ESCAPED:", name, more)
for name in ("NPROC", "FSIZE", "NOFILE", "CPU"):
    if resource.getrlimit(getattr(resource, "RLIMIT_" + name))[1] == resource.RLIM_INFINITY:
        print("ESCAPED: no limit for", name)
print("held")
