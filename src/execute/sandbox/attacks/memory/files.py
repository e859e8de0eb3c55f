# tries: to keep memory in files instead of in itself
# expect: ok, runtime-error
# limits: cpu=3 wall=8 memory=64 disk=8
mb = 0
for i in range(60):
    try:
        with open("file%d" % i, "wb") as file:
            file.write(b"x" * (4 << 20))
            mb += 4
    except (OSError, MemoryError):
        pass
print("held" if mb <= 8 else "ESCAPED: %d MB" % mb)
