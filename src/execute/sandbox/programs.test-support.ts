/**
 * Random programs for the property test: valid, broken and hostile ones, put together from statements of Python, Bash and
 * C, and sources, names, arguments and inputs that are garbage. Made by fast-check, so that a seed makes them again.
 */
import fc from 'fast-check'
import type { Limits, Program } from '../../kernel/index.js'

export interface RandomProgram {
  readonly program: Program
  readonly limits: Partial<Limits>
}

const number = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 70 }) },
  fc.constantFrom(-1, 127, 256, 1024, 65_536, 2 ** 31 - 1),
)
const size = fc.constantFrom(0, 1, 100, 5_000, 70_000, 3_000_000, 60_000_000)
const name = fc.constantFrom(
  'a',
  'b/c',
  '/tmp/x',
  '/tmp/work/main.py',
  '..',
  '/usr/bin/env',
  '/proc/self/mem',
  '/dev/null',
  '/dev/shm/s',
  'x'.repeat(255),
)
const pid = fc.constantFrom('0', '-1', '1', '2', 'os.getpid()', 'os.getppid()', '-os.getpid()')

/** A statement that stands by itself, or one around others. */
interface Grammar {
  readonly leaves: readonly fc.Arbitrary<string>[]
  readonly around: readonly ((inner: string) => string)[]
}

const of = (template: (...parts: string[]) => string, ...parts: fc.Arbitrary<unknown>[]): fc.Arbitrary<string> =>
  fc.tuple(...parts).map((values) => template(...values.map(String)))
const plain = (...texts: string[]) => texts.map((text) => fc.constant(text))
const indent = (text: string, by = '    ') => text.replace(/^/gm, by)

const python: Grammar = {
  leaves: [
    ...plain(
      'os.fork()',
      'os.fork(); os.fork()',
      'os.wait()',
      'os._exit(0)',
      'sys.exit("bye")',
      'os.abort()',
      'raise MemoryError',
      'while True: pass',
      'time.sleep(9)',
      'time.sleep(0.01)',
      'input()',
      'print(open("/proc/self/status").read())',
      'sys.stdout.close()',
      'os.setsid()',
      'os.setpgid(0, 0)',
      'threading.Thread(target=time.sleep, args=(5,)).start()',
      'threading.Thread(target=time.sleep, args=(5,), daemon=True).start()',
      'socket.socketpair()',
      'socket.socket(socket.AF_UNIX).bind("\\0name")',
      'socket.socket()',
      'signal.alarm(1)',
      'signal.setitimer(signal.ITIMER_REAL, 0.01, 0.01)',
      'sys.setrecursionlimit(10**8)',
      'f = lambda: f(); f()',
      'atexit.register(os.fork)',
      'atexit.register(time.sleep, 5)',
      'sys.modules.clear()',
      'builtins.__dict__.clear()',
      'gc.disable()',
      'os.environ.clear()',
      'subprocess.Popen(["sleep", "60"])',
      'subprocess.run("echo out; echo err >&2; exit 3", shell=True)',
      'os.execvp("yes", ["yes"])',
      'os.execvp("true", ["true"])',
      'sys.settrace(lambda *a: 1/0)',
      'os.chroot(".")',
      'os.nice(19)',
      'x = [0] * 10**9',
      'print(sum(range(100000)))',
      'import main',
      'os.chdir("/")',
      'os.umask(0o777)',
      'multiprocessing.Pool(4)',
      'faulthandler._sigsegv()',
    ),
    of((n) => `os.kill(os.getpid(), ${n})`, number),
    of((p, n) => `os.kill(${p}, ${n})`, pid, number),
    of((n) => `os._exit(${n})`, number),
    of((n) => `signal.signal(${n}, signal.SIG_IGN)`, number),
    of((n) => `signal.signal(${n}, lambda *a: print("signal"))`, number),
    of((n) => `os.close(${n})`, number),
    of((a, b) => `os.dup2(${a}, ${b})`, number, number),
    of((n) => `print("x" * ${n})`, size),
    of((n) => `os.write(2, b"\\xff" * ${n})`, size),
    of((n) => `keep.append(bytearray(${n}))`, size),
    of((n) => `keep.append(mmap.mmap(-1, ${n} + 1))`, size),
    of((f, n) => `open("${f}", "ab").write(b"x" * ${n})`, name, size),
    of((f) => `print(open("${f}", "rb").read(100))`, name),
    of((f) => `os.remove("${f}")`, name),
    of((f) => `os.makedirs("${f}")`, name),
    of((a, b) => `os.symlink("${a}", "${b}")`, name, name),
    of((f) => `os.mkfifo("${f}")`, name),
    of((f, n) => `os.truncate("${f}", ${n})`, name, size),
    of((f, n) => `os.chmod("${f}", ${n})`, name, number),
    of((a, b) => `os.rename("${a}", "${b}")`, name, name),
    of(
      (n, a, b, c) => `ctypes.CDLL(None).syscall(${n}, ${a}, ${b}, ${c}, 0, 0, 0)`,
      fc.integer({ min: 0, max: 460 }),
      number,
      number,
      number,
    ),
    of((r, n) => `resource.setrlimit(${r}, (${n}, ${n}))`, fc.integer({ min: 0, max: 15 }), number),
  ],
  around: [
    (inner) => `try:\n${indent(inner)}\nexcept BaseException:\n    pass`,
    (inner) => `try:\n${indent(inner)}\nfinally:\n    print("finally")`,
    (inner) => `for _ in range(3):\n${indent(inner)}`,
    (inner) => `while True:\n${indent(inner)}`,
    (inner) => `if os.fork() == 0:\n${indent(inner)}\n    os._exit(0)`,
    (inner) => `def work():\n${indent(inner)}\nthreading.Thread(target=work).start()`,
    (inner) => `@atexit.register\ndef last():\n${indent(inner)}`,
  ],
}

const bash: Grammar = {
  leaves: [
    ...plain(
      'echo text',
      'yes',
      'sleep 9',
      'sleep 0.01',
      'while :; do :; done',
      'exec sleep 9',
      'exec bash "$0"',
      'kill -9 $$',
      'kill -STOP $$',
      'kill 0',
      'kill -9 -1',
      'trap "" TERM INT HUP',
      'trap "echo end; sleep 5" EXIT',
      'cat',
      'cat /dev/zero',
      'cat /dev/urandom | head -c 100000',
      'setsid sleep 60 &',
      'sleep 60 &',
      'wait',
      'bash "$0" &',
      'mkfifo pipe; cat pipe',
      'ln -s / root; ls -R root',
      'exec 1>&-',
      'exec 2>&1',
      'ulimit -v 1000',
      'ulimit -n 3',
      'set -e',
      'false',
      'cd /; rm -rf /tmp/* 2>/dev/null',
      'f() { f; }; f',
      'f() { f | f & }; f',
      'unset PATH',
      'x=$(cat /proc/self/status)',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: it is Bash
      'echo ${x?}',
      'eval "$(cat)"',
      'read x; echo "$x"',
      'perl -e "fork while 1"',
      'python3 -c "print(1)"',
      'exec 3<>/dev/tcp/127.0.0.1/1',
      'shopt -s extglob; echo /*/*',
      'printf "%0100000d" 1',
      'dd if=/dev/zero of=big bs=1M count=5 2>/dev/null',
      'chmod 000 .',
      'head -c 300000 /dev/zero >&2',
      'kill -ILL $BASHPID',
    ),
    of((n) => `exit ${n}`, number),
    of((n) => `kill -${n} $$`, number),
    of((f) => `echo x > ${f}`, name),
    of((f) => `cat ${f} | head -c 1000`, name),
    of((a, b) => `mv ${a} ${b}`, name, name),
  ],
  around: [
    (inner) => `(\n${inner}\n)`,
    (inner) => `(\n${inner}\n) &`,
    (inner) => `{\n${inner}\n} 2>/dev/null || true`,
    (inner) => `for i in 1 2 3; do\n${inner}\ndone`,
    (inner) => `while :; do\n${inner}\ndone`,
    (inner) => `{\n${inner}\n} | cat`,
    (inner) => `if false; then\n${inner}\nfi`,
    (inner) => `f() {\n${inner}\n}\nf`,
  ],
}

const c: Grammar = {
  leaves: [
    ...plain(
      'fork();',
      'if (fork() == 0) _exit(0);',
      'vfork();',
      'wait(NULL);',
      'for (;;);',
      'pause();',
      'usleep(5000);',
      'abort();',
      'raise(SIGSTOP);',
      '*(volatile int *)0 = 1;',
      'exit(3);',
      '_exit(0);',
      'puts("text");',
      'for (;;) puts("flood");',
      'close(1);',
      'setsid();',
      'alarm(1);',
      'kill(0, SIGKILL);',
      'kill(-1, SIGTERM);',
      'main();',
      'execl("/proc/self/exe", "x", NULL);',
      'execlp("true", "true", NULL);',
      'while (malloc(1 << 20));',
      'memset(malloc(50 << 20), 1, 50 << 20);',
      'pipe(fds);',
      'socketpair(AF_UNIX, SOCK_STREAM, 0, fds);',
      'socket(AF_INET, SOCK_STREAM, 0);',
      'creat("file", 0600);',
      'ftruncate(creat("big", 0600), 1 << 30);',
      'while (open("/dev/null", 0) >= 0);',
      'prctl(PR_SET_PDEATHSIG, 0);',
      'chdir("/");',
      'printf("%s", (char *)1);',
      '__builtin_trap();',
      'for (char *p = alloca(1); ; p = alloca(4096)) *p = 1;',
      'not C at all',
      'int x = ;',
      '#error stop',
    ),
    of((n, a, b) => `syscall(${n}, ${a}, ${b}, 0, 0, 0, 0);`, fc.integer({ min: 0, max: 460 }), number, number),
    of((n) => `raise(${n});`, number),
    of((n) => `signal(${n}, SIG_IGN);`, number),
    of((n) => `exit(${n});`, number),
  ],
  around: [
    (inner) => `for (int i = 0; i < 3; i++) {\n${inner}\n}`,
    (inner) => `if (fork() == 0) {\n${inner}\n_exit(0);\n}`,
    (inner) => `for (;;) {\n${inner}\n}`,
    (inner) => `if (getpid() < 0) {\n${inner}\n}`,
  ],
}

/** Statements, now and then one around others, two levels deep at most. */
function body({ leaves, around }: Grammar): fc.Arbitrary<string> {
  const leaf = fc.oneof(...leaves)
  const several = (one: fc.Arbitrary<string>) =>
    fc.array(one, { minLength: 1, maxLength: 4 }).map((all) => all.join('\n'))
  const nested = (inner: fc.Arbitrary<string>) =>
    fc.tuple(several(inner), fc.constantFrom(...around)).map(([text, frame]) => frame(text))
  const block = fc.oneof({ weight: 5, arbitrary: leaf }, { weight: 2, arbitrary: nested(leaf) })
  return several(fc.oneof({ weight: 5, arbitrary: block }, { weight: 1, arbitrary: nested(block) }))
}

const modules =
  'import atexit, builtins, ctypes, faulthandler, gc, mmap, multiprocessing, os, resource, signal, socket, subprocess, sys, threading, time\nkeep = []\n'
const headers = [
  'alloca',
  'fcntl',
  'pthread',
  'signal',
  'stdio',
  'stdlib',
  'string',
  'sys/prctl',
  'sys/socket',
  'sys/syscall',
  'sys/wait',
  'unistd',
]
const inC = (text: string) =>
  `#define _GNU_SOURCE\n${headers.map((one) => `#include <${one}.h>\n`).join('')}int fds[2];\nint main(void) {\n${text}\n}\n`

const bytes = fc.uint8Array({ maxLength: 2000 })
const garbage = fc.oneof(
  fc.string({ maxLength: 50 }),
  fc.string({ unit: 'binary', maxLength: 50 }),
  fc.constantFrom('\0', '=', '..', '/', '-', '--', '*', '$(id)', '\n', '\ud800'),
)
const few = <T>(one: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 6, arbitrary: fc.constant<T[]>([]) }, { weight: 1, arbitrary: fc.array(one, { maxLength: 4 }) })

const source: fc.Arbitrary<{ language: string; entry: string; text: string | Uint8Array }> = fc.oneof(
  {
    weight: 9,
    arbitrary: body(python).map((text) => ({ language: 'python', entry: 'main.py', text: modules + text })),
  },
  { weight: 6, arbitrary: body(bash).map((text) => ({ language: 'bash', entry: 'main.sh', text })) },
  { weight: 3, arbitrary: body(c).map((text) => ({ language: 'c', entry: 'main.c', text: inC(text) })) },
  // Broken in the middle of a word.
  {
    weight: 1,
    arbitrary: fc
      .tuple(body(python), fc.nat(200))
      .map(([text, end]) => ({ language: 'python', entry: 'main.py', text: text.slice(0, end) })),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(['python', 'main.py'], ['bash', 'main.sh'], ['c', 'main.c'], ['perl', 'main.pl']), bytes)
      .map(([[language, entry], text]) => ({ language: language as string, entry: entry as string, text })),
  },
)

/** So tight that nothing lasts, and some of them at once. */
const limits: fc.Arbitrary<Partial<Limits>> = fc.record({
  cpuSeconds: fc.constantFrom(0.05, 0.1, 0.2),
  wallSeconds: fc.constantFrom(0.2, 0.4, 0.8),
  memoryMb: fc.constantFrom(32, 64, 128),
  outputBytes: fc.constantFrom(0, 10, 1000, 65_536),
  processes: fc.constantFrom(4, 8, 16),
  diskMb: fc.constantFrom(1, 2, 4),
})

export const randomProgram: fc.Arbitrary<RandomProgram> = fc
  .record({
    source,
    limits,
    args: few(garbage),
    env: few(fc.tuple(garbage, garbage)),
    files: few(fc.tuple(garbage, fc.oneof(garbage, bytes))),
    stdin: fc.oneof(
      { weight: 3, arbitrary: fc.constant('') },
      { weight: 1, arbitrary: fc.oneof(garbage, bytes) },
      { weight: 1, arbitrary: fc.constant('x'.repeat(200_000)) },
    ),
  })
  .map(({ source: { language, entry, text }, args, env, files, stdin, limits: tight }) => ({
    limits: tight,
    program: {
      language,
      entry,
      args,
      stdin,
      env: Object.fromEntries(env),
      files: { ...Object.fromEntries(files), [entry]: text },
    },
  }))
