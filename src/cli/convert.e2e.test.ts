import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cupel, ensureBuilt, pythonFunctions } from './command.test-support.js'

let folder: string
beforeAll(async () => {
  await ensureBuilt()
  folder = mkdtempSync(join(tmpdir(), 'cupel-convert-cli-'))
}, 600_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const at = (name: string) => join(folder, name)
const solved = pythonFunctions.slice(0, 3)
const only = ['--problems', solved.map(({ task_id }) => task_id).join(',')]

describe('cupel convert', () => {
  it('a run made from samples of LiveCodeBench becomes results of EvalPlus that count as the run does', async () => {
    const items = solved.map(({ task_id, canonical_solution }, i) => ({
      question_id: task_id,
      code_list: [canonical_solution, i === 0 ? 'nonsense(' : canonical_solution],
    }))
    writeFileSync(at('custom.json'), JSON.stringify(items))
    const judged = await cupel([
      'eval',
      'first-assay',
      '--samples',
      at('custom.json'),
      '--out',
      at('run'),
      '--json',
      ...only,
    ])
    expect(JSON.parse(judged.stdout)).toMatchObject({ candidates: 6, verdicts: { passed: 5 } })

    const made = await cupel(['convert', at('run'), '--to', 'evalplus', '-o', at('run.eval_results.json')])
    expect([made.code, made.stdout]).toEqual([0, ''])
    expect(made.stderr).toMatch(/run to evalplus: 6 samples of \d+ problems in .*run\.eval_results\.json/)
    const { eval: tasks } = JSON.parse(readFileSync(at('run.eval_results.json'), 'utf8'))
    expect(tasks[solved[0]?.task_id ?? ''].map((one: { base_status: string }) => one.base_status)).toEqual([
      'pass',
      'fail',
    ])

    const same = await cupel(['compare', at('run'), at('run.eval_results.json'), '--json'])
    const { runs, pairs } = JSON.parse(same.stdout)
    expect(runs.map((one: { samples: unknown }) => one.samples)).toEqual(
      [0, 1].map(() => ({ passed: 5, judged: 6, infrastructure: 0 })),
    )
    expect(pairs[0].flips).toEqual({ better: [], worse: [] })
  }, 120_000)

  it('writes to standard output without -o, and JSON about what it did with --json', async () => {
    writeFileSync(at('s.jsonl'), '{"task_id": "a", "solution": "x"}\n{"task_id": "b"}\n')
    const plain = await cupel(['convert', at('s.jsonl'), '--to', 'livecodebench'])
    expect([plain.code, JSON.parse(plain.stdout)]).toEqual([1, [{ question_id: 'a', code_list: ['x'] }]])
    expect(plain.stderr).toMatch(
      /^left out: line 2 is no sample: neither completion nor solution\nevalplus to livecodebench/,
    )
    const json = await cupel(['convert', at('s.jsonl'), '--to', 'livecodebench', '--json', '-o', at('out.json')])
    expect([json.code, JSON.parse(json.stdout)]).toMatchObject([
      1,
      { from: 'evalplus', to: 'livecodebench', samples: 1 },
    ])
  })

  it('refuses with one sentence what cannot be', async () => {
    mkdirSync(at('empty'))
    for (const [args, message] of [
      [[at('s.jsonl'), '--to', 'evalpluss'], /no format «evalpluss»: did you mean evalplus/],
      [[at('s.jsonl'), '--to', 'human-eval'], /sample 0 of a has no completion, only a whole program/],
      [[at('nowhere'), '--to', 'evalplus'], /no file .*nowhere/],
      [[at('empty'), '--to', 'evalplus'], /in no format .*a folder of nothing/],
    ] as const) {
      const { code, stdout, stderr } = await cupel(['convert', ...args])
      expect([code, stdout, stderr.split('\n').length]).toEqual([2, '', 2])
      expect(stderr).toMatch(message)
    }
    const both = await cupel(['convert', at('s.jsonl'), '--to', 'evalplus', '--json'])
    expect(JSON.parse(both.stdout).error.message).toMatch(/name a file for what is converted with -o/)
    const { code, stderr } = await cupel(['eval', 'first-assay', '--samples', at('empty'), '--out', at('none')])
    expect([code, stderr]).toEqual([2, expect.stringMatching(/in no format/)])
  }, 120_000)

  it('the formats are listed and shown', async () => {
    const { stdout } = await cupel(['list', 'formats', '--json'])
    expect(JSON.parse(stdout).map(({ name }: { name: string }) => name)).toContain('swe-bench')
    expect((await cupel(['show', 'formats/multipl-e'])).stdout).toMatch(/^multipl-e {2}format$/m)
    expect((await cupel(['show', 'evalplus'])).stdout).toMatch(/cannot say +.*base_fail_tests/)
  }, 120_000)

  it('translates Python problems to another language, and says which have no counterpart', async () => {
    mkdirSync(at('rows'))
    const args = [
      'translate',
      'first-assay',
      '--problems',
      'assay/python/*',
      '--to',
      'javascript',
      '-o',
      at('rows/js.jsonl'),
    ]
    const { code, stdout } = await cupel([...args, '--json'])
    const { translated, leftOut } = JSON.parse(stdout)
    expect([code, leftOut.length > 0]).toEqual([1, true])
    const rows = readFileSync(at('rows/js.jsonl'), 'utf8').trim().split('\n')
    expect([rows.length, JSON.parse(rows[0] as string).language]).toEqual([translated, 'javascript'])
    const { task_id } = JSON.parse(rows[0] as string)
    writeFileSync(at('js-samples.jsonl'), `${JSON.stringify({ task_id, completion: '  return null\n}\n' })}\n`)
    const samples = ['--data', at('rows'), '--samples', at('js-samples.jsonl'), '--out', at('js-run')]
    const judged = await cupel(['eval', 'mxeval', ...samples, '--json'])
    expect(JSON.parse(judged.stdout).verdicts).toMatchObject({ wrong: 1 })
    const wrong = await cupel(['translate', 'first-assay', '--to', 'cobol'])
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringMatching(/name one of java/)])
  }, 120_000)
})
