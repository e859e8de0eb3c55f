/** `cupel reproduce` as a user runs it: several studies, of which one breaks, and Ctrl-C. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { studies } from '../evaluate/index.js'
import { cupel, ensureBuilt, start } from './command.test-support.js'

let folder: string
beforeAll(ensureBuilt)
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cupel-reproduce-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const row = (solution: string, solved: boolean) => ({
  task_id: 'T/1',
  prompt: '',
  entry_point: 'f',
  test: 'def check(candidate):\n    assert candidate() == 1\n',
  solution,
  is_solved: solved,
})

function put(study: string, text: string) {
  for (const { path } of studies.find(({ name }) => name === study)?.data ?? []) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}

const right = `${JSON.stringify(row('def f(): return 1', true))}\n`

it('--all goes on after a study that breaks, says which, and ends with 1', async () => {
  put('ldb-humaneval', '{"task_id": 7}\n')
  put('mapcoder-humaneval', right)
  const { code, stdout, stderr } = await cupel(['reproduce', '--all', '--json'], { env: { CUPEL_DATA: folder } })
  expect(stderr).toMatch(/^cupel: ldb-humaneval could not be replayed: .*seed\.jsonl, row 1: .+$/m)
  const rows = JSON.parse(stdout)
  expect(rows).toHaveLength(4)
  for (const one of rows)
    expect(Object.keys(one)).toEqual(['study', 'figure', 'published', 'recorded', 'measured', 'differ'])
  expect(rows[0]).toMatchObject({ study: 'mapcoder-humaneval', recorded: 100, measured: 100, differ: 0 })
  expect(code).toBe(1)
})

it('--reasons says of each verdict that differs why', async () => {
  put('reflexion-mbpp', right + JSON.stringify(row('def f(): return re.escape("1")', true)))
  const file = join(folder, 'reasons.jsonl')
  const { code, stderr } = await cupel(['reproduce', 'reflexion-mbpp', '--reasons', file], {
    env: { CUPEL_DATA: folder },
  })
  expect(code).toBe(1)
  const reasons = readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(reasons).toHaveLength(2)
  expect(reasons[0]).toMatchObject({
    study: 'reflexion-mbpp',
    figure: 'GPT-4 simple pass@1',
    recorded: 'solved',
    here: 'runtime-error',
    reason: expect.stringContaining("NameError: name 're' is not defined"),
  })
  expect(stderr).toMatch(/^note: GPT-4 simple pass@1: recorded solved, here runtime-error \(T\/1\): NameError/m)
  expect(
    (await cupel(['reproduce', 'reflexion-mbpp', '--reasons', folder], { env: { CUPEL_DATA: folder } })).stderr,
  ).toMatch(/^cupel: cannot write .*: give another file to --reasons\n$/)
})

it('Ctrl-C prints what is measured and ends with 130', async () => {
  put('ldb-humaneval', right)
  const slow = JSON.stringify(row('while True: pass', false))
  put('mapcoder-humaneval', `${Array(2000).fill(slow).join('\n')}\n`)
  const { child, ended } = start(['reproduce', '--all', '--json'], { env: { CUPEL_DATA: folder } })
  child.stderr?.on('data', (text: string) => {
    if (/^mapcoder-humaneval:/m.test(text)) child.kill('SIGINT')
  })
  const { code, stdout } = await ended
  expect(JSON.parse(stdout).map((one: { study: string }) => one.study)).toEqual(Array(4).fill('ldb-humaneval'))
  expect(code).toBe(130)
})

it('--out keeps what Ctrl-C stopped, and --resume judges none of it again', async () => {
  const programs = 150
  const slow = (i: number) => JSON.stringify(row(`def f():\n  for _ in range(10 ** 6): pass\n  return 1 # ${i}`, true))
  put('reflexion-mbpp', `${Array.from({ length: programs }, (_, i) => slow(i)).join('\n')}\n`)
  const out = join(folder, 'kept')
  const args = ['reproduce', 'reflexion-mbpp', '--json', '--out', out]
  const env = { env: { CUPEL_DATA: folder } }
  const { child, ended } = start(args, env)
  let stopped = false
  const watch = setInterval(() => {
    if (stopped || lines(out) === 0) return
    stopped = true
    child.kill('SIGINT')
  }, 20)
  const first = await ended
  clearInterval(watch)
  expect([first.code, JSON.parse(first.stdout)]).toEqual([130, []])
  expect(first.stderr).toContain(`go on with --out ${out} --resume`)
  const kept = lines(out)
  expect((await cupel(args, env)).stderr).toMatch(/already holds results .* go on from them with --resume/)
  const { code, stdout, stderr } = await cupel([...args, '--resume'], env)
  expect(code).toBe(0)
  expect(JSON.parse(stdout)[0]).toMatchObject({ measured: 100, differ: 0 })
  // The same programs stand in both of the study's files.
  expect(Number(/, (\d+) results? kept from before$/m.exec(stderr)?.[1])).toBeGreaterThanOrEqual(kept)
  expect(lines(out)).toBe(programs)
})

function lines(out: string): number {
  const file = join(out, 'reflexion-mbpp.jsonl')
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').length - 1 : 0
}
