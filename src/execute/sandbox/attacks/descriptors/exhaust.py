# tries: to open files until the machine has no descriptor left
# expect: ok
# limits: cpu=2 wall=6 memory=256
# wasm: no (its descriptors are numbers of its own, behind which there is nothing of the host)
kept = []
try:
    while len(kept) < 5000:
        kept.append(open("/dev/null"))
except OSError:
    pass
print("held" if len(kept) <= 256 else "ESCAPED: %d open files" % len(kept))
