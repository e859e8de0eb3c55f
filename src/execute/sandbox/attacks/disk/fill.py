# tries: to fill the disk with many files, none of them large
# expect: ok
# limits: cpu=3 wall=8 disk=8 memory=128
mb = 0
for i in range(40):
    try:
        with open("file%d" % i, "wb") as file:
            file.write(b"x" * (1 << 20))
            file.flush()
            mb += 1
    except OSError:
        pass
print("held" if mb <= 8 else "ESCAPED: %d MB" % mb)
