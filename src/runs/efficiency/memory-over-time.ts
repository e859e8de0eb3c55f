/**
 * What memory a Python program holds, over its time: looked at from a second process in the same sandbox, some hundred times
 * a second, as mprof does it, and written as mprof writes it. Time is the CPU time of the program, from its first statement
 * on: what a machine does beside does not stretch it, and neither does sleep.
 *
 * Not covered: what happens between two looks, processes that the program starts, and a program that sets out to forge its
 * figures: it shares the sandbox of who looks. Nothing but a figure comes of that; whether it passes was judged elsewhere.
 */
import { readMemoryProfile, usageOf } from '../../evaluate/index.js'
import type { Sandbox } from '../../execute/index.js'
import type { Limits } from '../../kernel/index.js'

/** `MEM`, MB and seconds; they begin at 1, since an interval that begins at 0 does not count. Its end says so. */
const watcher = `import os, sys, time

program = os.fork()
if program == 0:
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    with open('program.py', encoding='utf-8') as file:
        source = file.read()
    exec(compile(source, 'program.py', 'exec'), {'__name__': '__main__'})
    os._exit(0)

page, clock = os.sysconf('SC_PAGE_SIZE'), (~program << 3) | 2
with open('/proc/self/statm') as file:
    held = int(file.read().split()[1]) * page
# what both hold when they part: a short program may have ended before anybody looks
print(f'MEM {held / 1e6:.6f} 1')
end = None
while not end:
    end = os.waitid(os.P_PID, program, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    seconds = 1 + time.clock_gettime(clock)
    if not end:
        with open(f'/proc/{program}/statm') as file:
            # one that is just ending holds nothing any more
            held = int(file.read().split()[1]) * page or held
    print(f'MEM {held / 1e6:.6f} {seconds:.6f}')
    time.sleep(0.001)
print('END' if (end.si_code, end.si_status) == (os.CLD_EXITED, 0) else 'FAILED')
`

/** MB · s of CPU time of a whole program that ends well; else why there is none. */
export async function memoryOverTime(
  sandbox: Pick<Sandbox, 'run'>,
  program: string,
  limits: Limits,
): Promise<number | { readonly because: string }> {
  const files = { 'main.py': watcher, 'program.py': program }
  // Who looks needs time too.
  const both = { ...limits, cpuSeconds: 2 * limits.cpuSeconds, wallSeconds: 2 * limits.wallSeconds }
  const { outcome, stdout, stderr } = await sandbox.run({ language: 'python', files, entry: 'main.py' }, both)
  const samples = stdout.trimEnd().split('\n')
  const end = samples.pop()
  if (end === 'FAILED') return { because: 'it did not end well in one process with its tests' }
  if (end !== 'END') return { because: `nobody could look (${outcome}: ${stderr.trim().split('\n').at(-1)})` }
  return usageOf(readMemoryProfile(samples.join('\n'))).mbSeconds as number
}
