# tries: to send a report of its own on descriptors that might be read
# expect: ok
import json, os

report = json.dumps({"ended": "passed", "outcome": "ok", "exitCode": 0, "calls": 1, "tests": []}).encode()
for fd in range(3, 64):
    for data in (report, len(report).to_bytes(4, "big") + report, len(report).to_bytes(4, "little") + report, b"V" + report):
        try:
            os.write(fd, data)
            print("ESCAPED: descriptor", fd)
        except OSError:
            pass
print("held")
