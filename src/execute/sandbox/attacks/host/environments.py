# tries: to find secrets in the environments of all processes it can see
# expect: ok
import glob, os

for path in glob.glob("/proc/[0-9]*/environ") + ["/proc/self/environ", "/proc/thread-self/environ"]:
    try:
        with open(path, "rb") as file:
            text = file.read().decode("utf-8", "replace")
    except OSError:
        continue
    for name in ("CANARY_VARIABLE", "TOKEN", "API_KEY", "PASSWORD", "SSH_", "npm_", "NODE_OPTIONS"):
        if name in text:
            print("ESCAPED:", path, text)
for name in os.environ:
    if any(word in name for word in ("CANARY_VARIABLE", "TOKEN", "API_KEY", "PASSWORD", "SSH_", "npm_", "CUPEL")):
        print("ESCAPED:", name, os.environ[name])
print("held")
