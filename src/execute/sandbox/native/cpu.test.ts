/** CPU time of a whole job, in every tier: no process of it can hide from the account. */
import { describe, expect, it } from 'vitest'
import { type Who, answerOf, whyNotAs } from './tiers.test-support.js'

const burn = `import os, signal, time
def burn(ms):
    began = time.process_time()
    while time.process_time() - began < ms / 1000: pass
def child(do):
    if os.fork() == 0:
        do()
        os._exit(0)
def wait():
    try:
        while True: os.wait()
    except OSError: pass
`
/** Each uses at least 300 ms of CPU time. */
const programs = {
  'its own': 'burn(300)',
  'of a child it waits for': 'child(lambda: burn(300)); wait()',
  'of children whose end it ignores':
    'signal.signal(signal.SIGCHLD, signal.SIG_IGN)\nfor i in range(30):\n    child(lambda: burn(10)); wait()',
  'of grandchildren without parents':
    'def orphan():\n    child(lambda: burn(10))\nread, write = os.pipe()\nfor i in range(30):\n    child(orphan); os.wait()\nos.close(write)\nos.read(read, 1)',
  'of a process that is still running at the end':
    'read, write = os.pipe()\nchild(lambda: (burn(300), os.write(write, b"x"), burn(10000)))\nos.read(read, 1)',
}
const endless = {
  'in children whose end is ignored':
    'signal.signal(signal.SIGCHLD, signal.SIG_IGN)\nwhile True:\n    child(lambda: burn(5)); wait()',
  'in orphans': 'def orphan():\n    child(lambda: burn(5))\nwhile True:\n    child(orphan); os.wait()',
}

const script = `import { Sandbox } from 'CUPEL'
const sandbox = await Sandbox.open({ isolation: 'native', workers: 1 })
const run = (source, limits) => sandbox.run({ language: 'python', files: { 'main.py': ${JSON.stringify(burn)} + source }, entry: 'main.py' }, limits)
const used = {}, ended = {}
for (const [name, source] of Object.entries(${JSON.stringify(programs)})) {
  const { cpuMs, outcome, stderr } = await run(source, { cpuSeconds: 10 })
  used[name] = outcome === 'ok' ? cpuMs : outcome + stderr.slice(-500)
}
for (const [name, source] of Object.entries(${JSON.stringify(endless)}))
  ended[name] = (await run(source, { cpuSeconds: 0.5, wallSeconds: 40 })).reason
const { tier, primitives } = await sandbox.isolationOf('python')
await sandbox.close()
console.log(JSON.stringify({ tier, primitives, used, ended }))`

interface Answer {
  readonly tier: string
  readonly primitives: readonly string[]
  readonly used: Readonly<Record<string, number | string>>
  readonly ended: Readonly<Record<string, string>>
}

const cases: [string, Who][] = [
  ['A', 'root'],
  ['B', 'user'],
  ["B'", 'confined user'],
  ["B'", 'confined root'],
]
for (const [tier, who] of cases) {
  const reason = whyNotAs(who)
  if (reason) console.log(`CPU time as ${who} is not tested: ${reason}`)
  describe.skipIf(reason !== null)(`tier ${tier} as ${who}`, () => {
    it('counts what every process of a job has used', () => {
      const answer = answerOf(who, script) as Answer
      expect(answer.tier).toBe(tier)
      expect(answer.primitives, 'else the kernel refuses perf_event_open here').toContain('exact-cpu')
      for (const [name, ms] of Object.entries(answer.used)) {
        expect(ms, name).toBeGreaterThanOrEqual(300)
        expect(ms, name).toBeLessThan(1500)
      }
      for (const [name, reason] of Object.entries(answer.ended)) expect(reason, name).toBe('used 0.5 s of CPU time')
    })
  })
}
