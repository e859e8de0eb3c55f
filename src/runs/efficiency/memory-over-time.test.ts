import { expect, it } from 'vitest'
import { openJudge } from '../../execute/judge/open-judge.test-support.js'
import { limitsFrom } from '../../kernel/index.js'
import { memoryOverTime } from './memory-over-time.js'

const { sandbox } = await openJudge()

const area = (program: string, cpuSeconds = 5) => memoryOverTime(sandbox, program, limitsFrom({ cpuSeconds }))
/** So many seconds of CPU time, with so many MB held. */
const busy = (seconds: number, mb = 0) =>
  `import time\nheld = bytearray(b'x') * ${mb * 1_000_000}\nbegan = time.process_time()\nwhile time.process_time() - began < ${seconds}: pass\n`

it('grows with time and with what is held, not with sleep', async () => {
  const none = await area(busy(0.2))
  const [longer, larger, asleep] = [
    await area(busy(0.6)),
    await area(busy(0.2, 100)),
    await area('import time\ntime.sleep(0.4)'),
  ]
  expect([none, longer, larger, asleep].map((one) => typeof one)).toEqual(Array(4).fill('number'))
  expect(Number(longer) / Number(none)).toBeGreaterThan(2)
  // A fifth of a second with a hundred MB more.
  expect(Number(larger) - Number(none)).toBeGreaterThan(15)
  expect(asleep).toBeLessThan(Number(none) / 2)
})

it('has none of a program that fails, and says why where nobody can look', async () => {
  const failed = { because: 'it did not end well in one process with its tests' }
  for (const program of ['assert 1 == 2', 'import os\nos._exit(3)', 'x = (', 'import os\nos.kill(os.getpid(), 9)'])
    expect(await area(program), program).toEqual(failed)
  expect(await area('while True: pass', 0.2)).toEqual({
    because: expect.stringContaining('nobody could look (time-limit'),
  })
  expect(await area('print("END")')).toBeTypeOf('number')
  // Where there is no second process, as in WebAssembly.
  const stderr = 'Traceback\nOSError: [Errno 52] Function not implemented\n'
  const without = { run: async () => ({ outcome: 'runtime-error', stdout: '', stderr }) as never }
  expect(await memoryOverTime(without, 'x = 1', limitsFrom())).toEqual({
    because: 'nobody could look (runtime-error: OSError: [Errno 52] Function not implemented)',
  })
}, 60_000)
