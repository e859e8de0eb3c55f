# tries: to keep memory in files that are deleted, open or cut, and to find room again after them
# expect: ok
# limits: cpu=3 wall=8 memory=128 disk=8
import os

kept, mb = [], 0
for i in range(30):
    try:
        file = open("file", "wb+")
        os.remove("file")
        file.write(b"x" * (1 << 20))
        file.flush()
        kept.append(file)
        mb += 1
    except OSError:
        pass
for file in kept:
    try:
        file.close()
    except OSError:
        pass
again = 0
for i in range(30):
    with open("again", "wb") as file:
        file.write(b"x" * (1 << 20))
    os.remove("again")
    again += 1
print("held" if mb <= 8 and again == 30 else "ESCAPED: %d MB, then %d" % (mb, again))
