/**
 * Tier B', attacked: no user namespaces, so the job shares the machine's files, processes and (as an ordinary user) the
 * uid of whoever started Cupel. Each program tries one way out; then the victims are looked at from outside.
 */
import { describe, expect, it } from 'vitest'
import { type Who, answerOf, whyNotAs } from './tiers.test-support.js'

/** What every program may use. `V` holds the victims: pids, paths, ports. `reached(name)` says that an attack worked. */
const prelude = `import ctypes, errno, json, os, signal, socket, struct, subprocess, sys, threading, time
V = json.load(open("victims.json"))
libc = ctypes.CDLL(None, use_errno=True)
def reached(what): print("reached", what, flush=True)
def attempt(what, action):
    try: result = action()
    except BaseException as error: return error
    reached(what)
    return result
def call(number, *args):
    ctypes.set_errno(0)
    return libc.syscall(ctypes.c_long(number), *[ctypes.c_long(a) if isinstance(a, int) else a for a in args])
def syscall(what, number, *args):
    if call(number, *args) >= 0: reached(what)
N = {"x86_64": dict(kill=62, ptrace=101, readv=310, prlimit=302, setpriority=141, affinity=203, scheduler=144, pidfd_send=424, pidfd_open=434,
                    queue=129, tgkill=234, shmget=29, keyctl=250, handle=303, mount=165, chroot=161, bpf=321, io_uring=425, userfault=323, pidfd_getfd=438, prctl=157),
     "aarch64": dict(kill=129, ptrace=117, readv=270, prlimit=261, setpriority=140, affinity=122, scheduler=119, pidfd_send=424, pidfd_open=434,
                     queue=138, tgkill=131, shmget=194, keyctl=219, handle=264, mount=40, chroot=51, bpf=280, io_uring=425, userfault=282, pidfd_getfd=438, prctl=167)}[os.uname().machine]
`

const attacks: Readonly<Record<string, string>> = {
  'reads a secret file of the same user': 'attempt("secret", lambda: open(V["secret"]).read())',
  'reads a secret through links': `os.symlink(V["secret"], "link")
attempt("symlink", lambda: open("link").read())
attempt("hard link", lambda: os.link(V["secret"], "hard"))
attempt("/proc/self/root", lambda: open("/proc/self/root" + V["secret"]).read())
attempt("/proc/self/cwd", lambda: open("/proc/self/cwd/../../.." + V["secret"]).read())
os.chdir(os.path.dirname(V["secret"]))
attempt("from its folder", lambda: open(os.path.basename(V["secret"])).read())`,
  'reads it in a child, a thread and another program': `if os.fork() == 0:
    attempt("child", lambda: open(V["secret"]).read()); os._exit(0)
os.wait()
t = threading.Thread(target=lambda: attempt("thread", lambda: open(V["secret"]).read())); t.start(); t.join()
if subprocess.run(["cat", V["secret"]], capture_output=True).stdout: reached("cat")`,
  'lists folders of the machine':
    'for path in ("/", "/etc", "/home", "/tmp", "/proc", V["folder"]): attempt(path, lambda: os.listdir(path))',
  'reads what the system keeps about users':
    'for path in ("/etc/passwd", "/etc/shadow", "/etc/hostname", "/etc/ssh/sshd_config"): attempt(path, lambda: open(path).read())',
  'looks into processes of the same user': `for pid in (V["node"], V["sleep"], os.getppid()):
    for name in ("environ", "cmdline", "maps", "mem", "status", "fd", "root/etc/passwd", "cwd"):
        path = "/proc/%d/%s" % (pid, name)
        attempt(path, lambda: os.listdir(path) if name in ("fd", "cwd") else open(path, "rb").read(1))`,
  'traces and reads processes of the same user': `for pid in (V["node"], V["sleep"], os.getppid()):
    syscall("ptrace attach", N["ptrace"], 16, pid, 0, 0)
    syscall("ptrace seize", N["ptrace"], 0x4206, pid, 0, 0)
    buffer = ctypes.create_string_buffer(16)
    vector = struct.pack("PN", ctypes.addressof(buffer), 1)
    syscall("process_vm_readv", N["readv"], pid, vector, 1, vector, 1, 0)
    fd = call(N["pidfd_open"], pid, 0)
    if fd >= 0: syscall("pidfd_getfd", N["pidfd_getfd"], fd, 0, 0)`,
  'kills processes of the same user': `for pid in (V["sleep"], V["node"], os.getppid()):
    for number in (0, signal.SIGKILL, signal.SIGSTOP): attempt("kill %d" % number, lambda: os.kill(pid, number))
    syscall("tgkill", N["tgkill"], pid, pid, 9)
    fd = call(N["pidfd_open"], pid, 0)
    if fd >= 0: syscall("pidfd_send_signal", N["pidfd_send"], fd, 9, 0, 0)
    information = ctypes.create_string_buffer(struct.pack("iii", 9, 0, -1), 128)
    syscall("rt_sigqueueinfo", N["queue"], pid, 9, information)`,
  'kills everybody at once': `if os.fork() == 0:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    attempt("own process", lambda: None) if False else None
    try: os.kill(-1, signal.SIGKILL)
    except OSError: pass
    os._exit(0)
time.sleep(0.2)`,
  'kills the groups of others': `for pid in (V["node"], V["sleep"], os.getppid()):
    attempt("killpg", lambda: os.killpg(os.getpgid(pid), signal.SIGKILL))`,
  'has the kernel send a signal for it': `import fcntl
read, write = os.pipe()
fcntl.fcntl(read, fcntl.F_SETOWN, V["sleep"])
fcntl.fcntl(read, 10, signal.SIGKILL)
fcntl.fcntl(read, fcntl.F_SETFL, os.O_ASYNC | os.O_NONBLOCK)
os.write(write, b"x")
time.sleep(0.2)`,
  'takes limits, priority and processors from others': `for pid in (V["sleep"], V["node"], os.getppid()):
    syscall("prlimit CPU", N["prlimit"], pid, 0, struct.pack("QQ", 0, 0), 0)
    syscall("prlimit files", N["prlimit"], pid, 7, struct.pack("QQ", 0, 0), 0)
    syscall("setpriority", N["setpriority"], 0, pid, 19)
    syscall("setpriority of the user", N["setpriority"], 2, 0, 19)
    syscall("affinity", N["affinity"], pid, 8, struct.pack("Q", 1))
    syscall("scheduler", N["scheduler"], pid, 5, struct.pack("i", 0))`,
  'writes outside its folder': `for path in (V["folder"] + "/new", "/tmp/cupel-hostile", "/var/tmp/cupel-hostile", "/dev/shm/cupel-hostile", os.path.expanduser("~") + "/../../hostile"):
    attempt(path, lambda: open(path, "w"))
    attempt("mkdir " + path, lambda: os.mkdir(path))
attempt("append", lambda: open(V["open"], "a").write("hostile"))
attempt("truncate", lambda: os.truncate(V["open"], 0))
attempt("remove", lambda: os.remove(V["open"]))
attempt("rename", lambda: os.rename(V["open"], "mine"))
attempt("replace", lambda: os.rename("main.py", V["open"]))
os.symlink(V["open"], "out")
attempt("through a link", lambda: open("out", "w"))
attempt("/proc/sys", lambda: open("/proc/sys/kernel/core_pattern", "w"))
attempt("own /proc", lambda: open("/proc/self/oom_score_adj", "w").write("1000"))`,
  'changes modes, owners and times of files of the same user': `for action in (lambda: os.chmod(V["open"], 0), lambda: os.chmod(V["folder"], 0), lambda: os.utime(V["open"], (1, 1)), lambda: os.chown(V["open"], -1, os.getgid()),
               lambda: os.setxattr(V["open"], "user.x", b"1"), lambda: os.chmod(sys.executable, 0)):
    try: action()
    except OSError: pass
descriptor = os.open(V["open"], os.O_PATH)
try: os.fchmod(descriptor, 0)
except OSError: pass
try: os.chmod("/proc/self/fd/%d" % descriptor, 0)
except OSError: pass`,
  'connects to servers of the machine': `for family, address in ((socket.AF_UNIX, V["socket"]), (socket.AF_UNIX, "\\0" + V["abstract"]), (socket.AF_INET, ("127.0.0.1", V["port"])), (socket.AF_INET6, ("::1", V["port"]))):
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
        attempt("%s %s" % (family, kind), lambda: socket.socket(family, kind).connect(address))
for family in (16, 17, 38, 40): attempt("family %d" % family, lambda: socket.socket(family, socket.SOCK_RAW))`,
  'sends datagrams from a pair of sockets': `for kind in (socket.SOCK_DGRAM, socket.SOCK_STREAM, socket.SOCK_SEQPACKET):
    try: one, other = socket.socketpair(socket.AF_UNIX, kind)
    except OSError: continue
    for address in (V["datagrams"], "\\0" + V["abstract"], V["socket"]):
        try: one.sendto(b"hostile", address)
        except OSError: pass
        attempt("sendmsg", lambda: one.sendmsg([b"hostile"], [], 0, address))
        attempt("connect", lambda: one.connect(address))
    attempt("bind", lambda: one.bind("here"))
    attempt("bind abstract", lambda: one.bind("\\0hostile"))`,
  'asks the kernel for more': `libc.unshare.restype = ctypes.c_int
for flag in (0x10000000, 0x00020000, 0x20000000, 0x40000000): 
    if libc.unshare(flag) == 0: reached("unshare %x" % flag)
syscall("mount", N["mount"], b"none", b"/tmp", b"tmpfs", 0, 0)
syscall("chroot", N["chroot"], b".")
syscall("shmget", N["shmget"], 1234, 4096, 0o1666)
syscall("keyctl", N["keyctl"], 0, -3, 1)
syscall("bpf", N["bpf"], 0, ctypes.create_string_buffer(64), 64)
syscall("io_uring", N["io_uring"], 4, ctypes.create_string_buffer(256))
syscall("userfaultfd", N["userfault"], 0)
syscall("name_to_handle", N["handle"], -100, b"/", ctypes.create_string_buffer(256), ctypes.create_string_buffer(8), 0)
attempt("root", lambda: os.setuid(0)) if os.getuid() else None
attempt("mknod", lambda: os.mknod("device", 0o20666, os.makedev(1, 1)))`,
  'watches files of the same user': `descriptor = libc.inotify_init1(0)
if descriptor >= 0 and libc.inotify_add_watch(descriptor, V["folder"].encode(), 0xfff) >= 0: reached("inotify")`,
  'leaves its group': `attempt("setsid", os.setsid)
attempt("setpgid", lambda: os.setpgid(0, 0))
if os.fork() == 0:
    attempt("setsid in a child", os.setsid)
    attempt("setpgid in a child", lambda: os.setpgid(0, 0))
    attempt("another group", lambda: os.setpgid(0, os.getpgid(V["node"])))
    os._exit(0)
os.wait()
attempt("subprocess", lambda: subprocess.run(["true"], start_new_session=True, check=True))`,
  'leaves daemons behind': `for i in range(5):
    if os.fork() == 0:
        for number in range(1, 64):
            try: signal.signal(number, signal.SIG_IGN)
            except (OSError, ValueError): pass
        if os.fork() == 0:
            os.execvp("sleep", ["sleep", V["mark"]])
        os._exit(0)
print("daemons", flush=True)`,
  'becomes the reaper of its own orphans': `libc.prctl(36, 1, 0, 0, 0)
for i in range(5):
    if os.fork() == 0:
        if os.fork() == 0: os.execvp("sleep", ["sleep", V["mark"]])
        os._exit(0)
os.wait()
print("daemons", flush=True)`,
  'forks without end': 'while True:\n    try: os.fork()\n    except OSError: pass',
  'forks as fast as it can and ends each time': `def run():
    while True:
        try:
            if os.fork(): os._exit(0)
        except OSError: pass
for i in range(8):
    if os.fork() == 0: run()
time.sleep(0.3)`,
  'leaves files that are hard to remove': `os.mkdir("long"); os.chdir("long")
for i in range(50): os.mkdir("d" * 200); os.chdir("d" * 200)
os.chdir(V["work"])
os.umask(0)
os.mkdir("closed", 0o300); open("closed/inside", "w").close()
os.mkdir("none", 0)
os.symlink(V["folder"], "out"); os.symlink(V["open"], "file")
os.mkfifo("pipe")
open("x" * 255, "w").close()
for name in (".0", ".1", ".2"): os.mkdir(name); open(name + "/x", "w").close()
print("left", flush=True)`,
  'leaves folders nested without end': `for i in range(5000): os.mkdir("d"); os.chdir("d")`,
  'hides from being looked at': `attempt("not dumpable", lambda: libc.prctl(4, 0, 0, 0, 0) == 0 or 1 / 0)
print("visible")`,
}

/** Programs that must be stopped, and how. */
const stopped: Readonly<Record<string, { source: string; limits: object; reason: RegExp }>> = {
  'writes one file after the other': {
    source: 'i = 0\nwhile True:\n    i += 1\n    open("f%d" % i, "wb").write(b"x" * 1000000)',
    limits: { diskMb: 16 },
    reason: /more than 16 MB/,
  },
  'writes into files that have no name': {
    source:
      'import os\nkeep = []\nwhile True:\n    f = open("f", "wb"); os.remove("f"); f.write(b"x" * 4000000); f.flush(); keep.append(f)',
    limits: { diskMb: 16 },
    reason: /more than 16 MB/,
  },
  'writes into maps of files that have no name': {
    source:
      'import mmap, os\nkeep = []\nwhile True:\n    fd = os.open("f", os.O_RDWR | os.O_CREAT); os.remove("f"); os.ftruncate(fd, 4000000)\n    m = mmap.mmap(fd, 4000000); os.close(fd); m[:] = b"x" * 4000000; keep.append(m)',
    limits: { diskMb: 16, memoryMb: 1000 },
    reason: /more than 16 MB/,
  },
  'makes more files than a disk of that size has room for': {
    source: 'i = 0\nwhile True:\n    i += 1\n    open("f%d" % i, "w").close()',
    limits: { diskMb: 1 },
    reason: /more than 1 MB/,
  },
  'runs an executable that may not be read': {
    source: `import ctypes, os
V = __import__("json").load(open("victims.json"))
data = open("/bin/sleep", "rb").read()
fd = os.open("hidden", os.O_CREAT | os.O_WRONLY, 0o100)
os.write(fd, data); os.close(fd)
os.execv("./hidden", ["hidden", V["mark"]])`,
    limits: { wallSeconds: 20 },
    reason: /more than 64 MB/,
  },
  'takes memory in many processes': {
    source:
      'import os, time\nfor i in range(8):\n    if os.fork() == 0:\n        x = b"x" * (40 << 20)\n        time.sleep(60)\ntime.sleep(60)',
    limits: { memoryMb: 128, wallSeconds: 50 },
    reason: /more than 128 MB/,
  },
}

const script = `import { spawn, execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { createRequire } from 'node:module'
import { Sandbox } from 'CUPEL'
const folder = process.env.HOME + '/victim'
mkdirSync(folder)
writeFileSync(folder + '/secret', 'the secret', { mode: 0o644 })
writeFileSync(folder + '/open', 'as it was', { mode: 0o666 })
chmodSync(folder, 0o777)
chmodSync(folder + '/open', 0o666)
const mark = String(200000 + process.pid)
const sleep = spawn('sleep', ['100000'])
let sleepEnded = null
sleep.on('exit', (code, signal) => { sleepEnded = [code, signal] })
let connections = 0
const listen = (...where) => new Promise((resolve) => { const server = createServer((s) => { connections++; s.destroy() }); server.unref(); server.listen(...where, () => resolve(server)) })
const tcp = await listen(0)
await listen(folder + '/socket')
await listen('\\0cupel-abstract-' + process.pid)
chmodSync(folder + '/socket', 0o777)
const datagrams = spawn('python3', ['-c', 'import socket, sys\\ns = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM); s.bind(sys.argv[1]); import os; os.chmod(sys.argv[1], 0o777); print("up", flush=True)\\nwhile True: s.recv(100); print("got", flush=True)', folder + '/datagrams'], { stdio: ['ignore', 'pipe', 'ignore'] })
let received = ''
datagrams.stdout.on('data', (part) => { received += part })
while (!received.includes('up')) await new Promise((resolve) => setTimeout(resolve, 20))
const priority = () => [sleep.pid, process.pid].map((pid) => readFileSync('/proc/' + pid + '/stat', 'utf8').split(') ')[1].split(' ')[16]).join()
const limits = () => readFileSync('/proc/' + process.pid + '/limits', 'utf8') + readFileSync('/proc/' + sleep.pid + '/limits', 'utf8')
const metadata = () => [folder, folder + '/open', folder + '/secret'].map((path) => { const { mode, uid, gid, mtimeMs } = statSync(path); return [mode, uid, gid, path.endsWith('victim') ? 0 : mtimeMs].join() }).join(';')
const before = { priority: priority(), limits: limits(), metadata: metadata(), names: readdirSync(folder).join() }
const state = () => ({
  alive: sleepEnded === null && datagrams.exitCode === null,
  connections, received: received.replace('up\\n', ''),
  open: readFileSync(folder + '/open', 'utf8'), secret: readFileSync(folder + '/secret', 'utf8'),
  unchanged: [priority() === before.priority, limits() === before.limits, metadata() === before.metadata, readdirSync(folder).join() === before.names],
  planted: ['/tmp/cupel-hostile', '/var/tmp/cupel-hostile', '/dev/shm/cupel-hostile'].filter((path) => existsSync(path)),
  left: readdirSync('/proc').filter((pid) => /^\\d+$/.test(pid)).filter((pid) => { try { return readFileSync('/proc/' + pid + '/cmdline', 'utf8').includes('sleep\\0' + mark) || readFileSync('/proc/' + pid + '/cmdline', 'utf8').includes('hidden\\0' + mark) } catch { return false } }),
})
const sandbox = await Sandbox.open({ isolation: 'native', workers: 1 })
const { tier, primitives, lacks } = await sandbox.isolationOf('python')
let work = ''
const run = (source, limits = {}) => {
  const victims = { secret: folder + '/secret', open: folder + '/open', folder, node: process.pid, sleep: sleep.pid, socket: folder + '/socket', datagrams: folder + '/datagrams', abstract: 'cupel-abstract-' + process.pid, port: tcp.address().port, mark, work }
  return sandbox.run({ language: 'python', files: { 'main.py': source, 'victims.json': JSON.stringify(victims) }, entry: 'main.py' }, { cpuSeconds: 1, wallSeconds: 20, ...limits })
}
work = (await run('import os; print(os.getcwd(), end="")')).stdout
const results = {}, ends = {}
for (const [name, source] of Object.entries(ATTACKS)) {
  const { outcome, stdout, stderr, reason } = await run(PRELUDE + source)
  const next = await run('import os; print(sorted(os.listdir(".")), sorted(os.listdir("..")))')
  results[name] = { outcome, stdout: stdout.slice(0, 2000), stderr: stderr.slice(-800), reason, state: state(), next: next.stdout }
}
for (const [name, { source, limits }] of Object.entries(STOPPED)) {
  const { reason, stderr } = await run(source, limits)
  ends[name] = { reason, stderr: stderr.slice(-800), state: state() }
}
const c = await sandbox.run({ language: 'c', files: { 'main.c': '#include <stdio.h>\\nint main(void){puts("from C");}' }, entry: 'main.c' })
const problem = { id: 'f', language: 'python', kind: 'function', prompt: '', entryPoint: 'f', publicTests: [], metadata: {} }
const { Judge } = await import('CUPEL')
const kinds = []
for (const code of ['def f(x): return x * 2', 'def f(x): return x', 'import os\\ndef f(x):\\n  os._exit(0)', 'def f(x):\\n  while True: pass'])
  kinds.push((await new Judge(sandbox, { limits: { cpuSeconds: 1 } }).judge({ problem, suite: { kind: 'assertions', trusted: '', script: 'assert f(2) == 4', entryPoint: 'f' } }, { code })).kind)
const matrix = []
for await (const { row } of sandbox.matrix({ language: 'python', trusted: '', entryPoint: 'f', tests: ['assert f(1) == 1', 'assert f(2) == 4'], programs: ['def f(x): return x * x', 'def f(x): return 1'], perTestSeconds: 1, limits: { cpuSeconds: 5, wallSeconds: 20, memoryMb: 256, outputBytes: 10000, processes: 8, diskMb: 8 } })) matrix.push(row)
await sandbox.close()
sleep.kill('SIGKILL')
datagrams.kill('SIGKILL')
console.log(JSON.stringify({ tier, primitives, lacks, results, ends, c: c.stdout, kinds, matrix }))
process.exit(0)`
  .replace('ATTACKS', JSON.stringify(attacks))
  .replace('PRELUDE', JSON.stringify(prelude))
  .replace('STOPPED', JSON.stringify(stopped))

interface State {
  readonly alive: boolean
}
interface Answer {
  readonly tier: string
  readonly primitives: readonly string[]
  readonly lacks: readonly string[]
  readonly results: Readonly<
    Record<string, { outcome: string; stdout: string; stderr: string; reason?: string; state: State; next: string }>
  >
  readonly ends: Readonly<Record<string, { reason?: string; stderr: string; state: State }>>
  readonly c: string
  readonly kinds: readonly string[]
  readonly matrix: readonly boolean[][]
}

const untouched = {
  alive: true,
  connections: 0,
  received: '',
  open: 'as it was',
  secret: 'the secret',
  unchanged: [true, true, true, true],
  planted: [],
  left: [],
}

for (const who of ['confined user', 'confined root'] as Who[]) {
  const reason = whyNotAs(who)
  if (reason) console.log(`tier B' as ${who} is not tested: ${reason}`)

  describe.skipIf(reason !== null)(`tier B' as ${who}`, () => {
    let answer: Answer | null = null
    const asked = () => {
      answer ??= answerOf(who, script) as Answer
      return answer
    }

    it('says what it is made of and what it is without', { timeout: 300_000 }, () => {
      const { tier, primitives, lacks } = asked()
      expect(tier).toBe("B'")
      expect(primitives).toEqual(
        expect.arrayContaining(['landlock', 'signal-scope', 'own-group', 'no-sockets', 'seccomp', 'no-new-privs']),
      )
      expect(lacks).toEqual(expect.arrayContaining(['pid-ns', 'mount-ns', 'net-ns']))
      expect(primitives.includes('own-uid')).toBe(who === 'confined root')
    })

    it.each(Object.keys(attacks))('a program that %s reaches nothing and leaves nothing', (name) => {
      const { stdout, stderr, state, next } = asked().results[name] as Answer['results'][string]
      expect(stdout, stderr).not.toContain('reached')
      // Nothing is shown by a program that did not get as far as its attack.
      expect(stderr).not.toMatch(/SyntaxError|NameError|TypeError|KeyError|AttributeError/)
      expect(state).toEqual(untouched)
      expect(next).toBe("['main.py', 'victims.json'] ['work']\n")
    })

    it('the programs that go on after their attack do go on', () => {
      const { results } = asked()
      expect(results['leaves daemons behind']?.stdout).toBe('daemons\n')
      expect(results['becomes the reaper of its own orphans']?.stdout).toBe('daemons\n')
      expect(results['leaves files that are hard to remove']).toMatchObject({ stdout: 'left\n' })
      expect(results['hides from being looked at']?.stdout).toBe('visible\n')
    })

    it.each(Object.entries(stopped))('a program that %s is stopped', (name, { reason }) => {
      const end = asked().ends[name] as Answer['ends'][string]
      expect(end.reason, end.stderr).toMatch(reason)
      expect(end.state).toEqual(untouched)
    })

    it('runs C, judges functions and fills a pass matrix', () => {
      const { c, kinds, matrix } = asked()
      expect(c).toBe('from C\n')
      expect(kinds).toEqual(['passed', 'wrong', 'runtime-error', 'time-limit'])
      expect(matrix).toEqual([
        [true, true],
        [true, false],
      ])
    })
  })
}
