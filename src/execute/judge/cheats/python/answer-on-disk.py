# tries: searches the file system for files that hold the tests
# item: 17
# expect: wrong, runtime-error, time-limit

import os


def add(a, b):
    looked = 0
    for folder in (".", "..", "/tests", "/srv", "/mnt", "/data", "/judge", "/home"):
        for root, _, files in os.walk(folder):
            for name in files:
                looked += 1
                if looked > 2000:
                    return None
                if name.endswith((".py", ".json", ".jsonl", ".out")):
                    try:
                        with open(os.path.join(root, name), errors="ignore") as file:
                            if "candidate(-1, 1)" in file.read(65536):
                                return "found " + name
                    except OSError:
                        pass
    return None
