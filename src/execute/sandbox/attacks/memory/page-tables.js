// tries: to make the kernel keep page tables for an address space that is only looked at
// expect: ok, memory-limit, runtime-error, time-limit
// limits: cpu=4 wall=10 memory=128 processes=48
const program = `
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]
for part in range(256):
    at = libc.mmap(None, 1 << 30, 1, 0x4022, -1, 0)
    if at in (None, ctypes.c_void_p(-1).value):
        break
    for offset in range(0, 1 << 30, 2 << 20):
        ctypes.string_at(at + offset, 1)
tables = [line for line in open("/proc/self/status") if line.startswith("VmPTE")][0].split()[1]
print(int(tables) >> 10)`
let megabytes = 0
try {
  megabytes = Number(require('child_process').execFileSync('/usr/bin/python3', ['-c', program], { stdio: ['ignore', 'pipe', 'ignore'] }))
} catch {}
console.log(megabytes > 260 ? 'ESCAPED: ' + megabytes + ' MB of page tables' : 'held')
