/** Runs that their caller gives up: they end, and those beside them are as if nothing had been. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Program, limitsFrom } from '../../kernel/index.js'
import type { ExamineJob, MatrixJob } from './engine.js'
import { Sandbox } from './sandbox.js'

const reason = new Error('enough')
// Nothing but being given up ends what runs with these.
const endless = limitsFrom({ cpuSeconds: 100_000, wallSeconds: 100_000, memoryMb: 512 })
const code = 'def f():\n    while True: pass'
const script = 'f()'
const program = (language: string, text: string): Program => ({ language, entry: 'main', files: { main: text } })

const afterAWhile = () => {
  const stop = new AbortController()
  setTimeout(() => stop.abort(reason), 1500)
  return stop.signal
}

describe.each(['native', 'wasm'] as const)('at the %s level', (isolation) => {
  let sandbox: Sandbox
  beforeAll(async () => {
    sandbox = await Sandbox.open({ isolation, workers: 1 })
    await sandbox.run(program('python', 'print(1)'))
  }, 120_000)
  afterAll(() => sandbox.close())

  const job = (language: string, code: string, script: string): ExamineJob => ({
    ...{ language, code, limits: endless },
    suite: { kind: 'assertions', trusted: '', script, entryPoint: 'f' },
  })
  const matrix: MatrixJob = {
    ...{ language: 'python', trusted: '', entryPoint: 'f', tests: [script], programs: Array(20).fill(code) },
    ...{ perTestSeconds: 50_000, limits: endless },
  }
  const rows = async (signal: AbortSignal) => {
    for await (const row of sandbox.matrix(matrix, signal)) throw new Error(`a row: ${JSON.stringify(row)}`)
  }
  const alive = async () => {
    expect(await sandbox.run(program('python', 'print(2)'))).toMatchObject({ outcome: 'ok', stdout: '2\n' })
  }

  const javascript = (signal: AbortSignal) =>
    sandbox.examine(job('javascript', 'const f = () => { for (;;); }', 'f()'), signal)

  // One worker: whatever comes next runs only if what was given up has ended.
  it.each<readonly [string, (signal: AbortSignal) => Promise<unknown>]>([
    ['a program', (signal) => sandbox.run(program('python', 'while True: pass'), endless, signal)],
    ['one in another language', (signal) => sandbox.run(program('javascript', 'for (;;);'), endless, signal)],
    ['a candidate', (signal) => sandbox.examine(job('python', code, script), signal)],
    ['a matrix', rows],
    ...(isolation === 'wasm' ? [['a candidate in JavaScript', javascript] as const] : []),
  ])('%s ends, whether it runs or waits', async (_, work) => {
    const signal = afterAWhile()
    const given = Promise.allSettled([work(signal), work(signal), work(signal)])
    for (const one of await given) expect(one).toEqual({ status: 'rejected', reason })
    await alive()
  })
  it('what is not wanted any more does not begin', async () => {
    const signal = AbortSignal.abort(reason)
    await expect(sandbox.run(program('python', ''), endless, signal)).rejects.toBe(reason)
    await expect(sandbox.examine(job('python', code, script), signal)).rejects.toBe(reason)
    await expect(rows(signal)).rejects.toBe(reason)
    await alive()
  })
  it('those beside it, and those that come later, are as if nothing had been', async () => {
    for (let i = 0; i < 3; i++) {
      const stop = new AbortController()
      const given = sandbox.run(program('python', 'while True: pass'), endless, stop.signal)
      given.catch(() => {})
      // With the same server, in its pipe; more often than a lost server is forgiven.
      const beside = [1, 2, 3, 4].map((n) => sandbox.run(program('python', `print(${n})`), endless))
      await new Promise((resolve) => setTimeout(resolve, 300))
      stop.abort(reason)
      await expect(given).rejects.toBe(reason)
      expect((await Promise.all(beside)).map(({ stdout }) => stdout)).toEqual(['1\n', '2\n', '3\n', '4\n'])
    }
  })
  it('a signal that comes after the end changes nothing, and leaves no listener', async () => {
    const stop = new AbortController()
    const done = await sandbox.run(program('python', 'print(3)'), endless, stop.signal)
    stop.abort(reason)
    expect(done.stdout).toBe('3\n')
    await alive()
  })
})

it('a program that several are given up beside is run to its end', async () => {
  const sandbox = await Sandbox.open({ isolation: 'native', workers: 1 })
  try {
    const stops = [1, 2].map(() => new AbortController())
    const given = stops.map(({ signal }) => sandbox.run(program('python', 'while True: pass'), endless, signal))
    const beside = sandbox.run(program('python', 'print(4)'), endless)
    for (const [i, stop] of stops.entries()) {
      await new Promise((resolve) => setTimeout(resolve, 500))
      stop.abort(reason)
      await expect(given[i]).rejects.toBe(reason)
    }
    expect((await beside).stdout).toBe('4\n')
  } finally {
    await sandbox.close()
  }
})
