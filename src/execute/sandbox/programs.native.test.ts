/**
 * Ten thousand random programs, and the sandbox is as before: each has an outcome that is its own, and between batches an
 * honest program gets its right answer, the same servers live with the same descriptors, and nothing else is left.
 *
 * 1,000 of them in every run of the tests; all, or others, with
 *
 *   CUPEL_PROGRAMS=10000 CUPEL_SEED=7 npx vitest run src/execute/sandbox/programs.native.test.ts
 */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Execution, UsageError, inLanes } from '../../kernel/index.js'
import { before, leaksSince, remains, serverDescriptors } from './attacks/remains.js'
import { type RandomProgram, randomProgram } from './programs.test-support.js'
import { Sandbox } from './sandbox.js'

const count = Number(process.env.CUPEL_PROGRAMS ?? 1000)
const seed = Number(process.env.CUPEL_SEED ?? Math.floor(Math.random() * 2 ** 31))
const batch = 100
const outcomes = ['ok', 'runtime-error', 'compile-error', 'time-limit', 'memory-limit', 'output-limit']

it(`${count} random programs leave nothing behind and each has an outcome of its own (CUPEL_SEED=${seed})`, async () => {
  const then = before()
  const sandbox = await Sandbox.open({ isolation: 'native', workers: 2 })
  const seen = new Map<string, number>()
  try {
    await answers(sandbox)
    const servers = serverDescriptors()
    const quiet = before()
    let programs = 0
    const wrong = async (one: RandomProgram) => {
      const ended = await endingOf(sandbox, one)
      seen.set(ended.kind, (seen.get(ended.kind) ?? 0) + 1)
      programs++
      return ended.wrong === null ? [] : [`${ended.wrong}: ${describe(one)}`]
    }
    await fc.assert(
      fc.asyncProperty(fc.array(randomProgram, { minLength: batch, maxLength: batch }), async (some) => {
        expect((await inLanes(some, 8, wrong)).flat()).toEqual([])
        await answers(sandbox)
        expect(await remains(quiet)).toEqual([])
        expect([...serverDescriptors().keys()], 'the same servers').toEqual([...servers.keys()])
        expect(await leaksSince(servers)).toEqual([])
      }),
      { seed, numRuns: Math.ceil(count / batch), endOnFailure: true },
    )
    const kinds = [...seen].sort(([, a], [, b]) => b - a).map(([kind, times]) => `${kind} ${times}`)
    console.log(`${programs} random programs, seed ${seed}: ${kinds.join(', ')}; 0 left behind, 0 infrastructure`)
  } finally {
    await sandbox.close()
  }
  expect(await remains(then)).toEqual([])
}, 3_600_000)

/** Honest programs, one for each pool of servers, and as many as there are servers. */
async function answers(sandbox: Sandbox): Promise<void> {
  const python = {
    language: 'python',
    files: { 'main.py': 'print(sum(map(int, input().split())))' },
    entry: 'main.py',
    stdin: '20 22',
  }
  const bash = { language: 'bash', files: { 'main.sh': 'read a b; echo $((a + b))' }, entry: 'main.sh', stdin: '20 22' }
  const done = await Promise.all(
    [python, bash, python, bash, python, bash, python, bash].map((one) => sandbox.run(one)),
  )
  for (const { outcome, stdout } of done) expect({ outcome, stdout }).toEqual({ outcome: 'ok', stdout: '42\n' })
}

async function endingOf(
  sandbox: Sandbox,
  { program, limits }: RandomProgram,
): Promise<{ kind: string; wrong: string | null }> {
  let done: Execution
  try {
    done = await sandbox.run(program, limits)
  } catch (error) {
    // What cannot be handed over is refused, and that is no outcome.
    if (error instanceof UsageError) return { kind: 'refused', wrong: null }
    return { kind: 'thrown', wrong: `it threw ${error}` }
  }
  const { outcome, reason, exitCode, signal, stdout, stderr } = done
  const written = done.compile?.ok === false ? 0 : stdout.length + stderr.length
  const wrong = !outcomes.includes(outcome)
    ? `the outcome ${outcome} (${reason})`
    : (outcome === 'ok') !== (exitCode === 0 && signal === null) && outcome === 'ok'
      ? `ok with exit code ${exitCode} and signal ${signal}`
      : written > (limits.outputBytes ?? 0)
        ? `${written} characters of output`
        : null
  return { kind: outcome, wrong }
}

function describe({ program, limits }: RandomProgram): string {
  return JSON.stringify({ ...program, limits }, (_, value) =>
    value instanceof Uint8Array ? `bytes ${Buffer.from(value).toString('base64')}` : value,
  )
}
