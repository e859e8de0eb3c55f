# tries: to fill memory with the pages of sparse files, by reading holes and by mapping them
# expect: ok, memory-limit, runtime-error, output-limit
# limits: cpu=3 wall=8 memory=64 disk=8
import mmap, os

mb = 0
try:
    for i in range(40):
        with open("sparse%d" % i, "wb+") as file:
            file.truncate(8 << 20)
            view = mmap.mmap(file.fileno(), 8 << 20)
            for at in range(0, 8 << 20, 4096):
                view[at] = 1
            mb += 8
            view.close()
except BaseException:
    pass
print("held" if mb <= 160 else "ESCAPED: %d MB" % mb)
