/** What `cupel report` prints of a run of CoderEval, whose metric reads the text of programs. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { benchmarks } from '../evaluate/index.js'
import { Sandbox } from '../execute/index.js'
import type { Benchmark } from '../kernel/index.js'
import { evaluate, gather, withData } from '../runs/index.js'
import { report } from './report.js'

let folder: string
let sandbox: Sandbox
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cupel-report-'))
  sandbox = await Sandbox.open({ isolation: 'native', workers: 1 })
})
afterEach(async () => {
  vi.restoreAllMocks()
  await sandbox.close()
  rmSync(folder, { recursive: true, force: true })
})

const row = (name: string, apis: string) => ({
  ...{ _id: name, name, level: 'slib_runnable', project: 'acme/tools', file_path: 'tools.py', lineno: 1 },
  ...{ code: `def ${name}(x):\n    return sorted(x)`, docstring: 'Sorts.', human_label: 'Sorts.' },
  oracle_context: JSON.stringify({ apis, classes: '[]', vars: '[]' }),
})
const long = `# ${'x'.repeat(100_000)}\n`
const programs: readonly [id: string, code: string][] = [
  ['order', 'def order(x):\n    return sorted(x)'],
  // The name comes behind what a report has room for.
  ['order', `${long}def order(x):\n    return sorted(list(x))`],
  ['other', 'def other(x):\n    return sorted_list(x)'],
  ['other', 'def other(x):\n    return sorted(x)'],
  ['nothing', 'def nothing(x): pass'],
  ['nothing', 'def nothing(x): return x'],
]

it('prints Acc@k of the names that the solutions use, also with --json and as Markdown [system 91.d]', async () => {
  mkdirSync(join(folder, 'standalone'))
  const main = '\n\nif __name__ == "__main__":\n    assert order([2, 1]) == [1, 2]\n'
  writeFileSync(join(folder, 'standalone', 'tools-order.py'), `${row('order', '').code}${main}`)
  const rows = [row('order', "['sorted']"), row('other', "['sorted', 'len']"), row('nothing', '[]')]
  writeFileSync(join(folder, 'rows.json'), JSON.stringify({ RECORDS: rows }))
  const samples = join(folder, 'samples.jsonl')
  writeFileSync(samples, programs.map(([task_id, solution]) => JSON.stringify({ task_id, solution })).join('\n'))
  const out = join(folder, 'run')
  const benchmark = withData(benchmarks.find(({ name }) => name === 'codereval') as Benchmark, folder)
  const common = { quiet: true, command: [], cupel: '0', resume: false }
  await evaluate({ benchmark, source: { kind: 'samples', path: samples }, sandbox, out, ...common })

  // `order`: both samples. `other`: never both names in one; `sorted` in one of two.
  const run = await gather(out, benchmarks)
  expect(run.candidates.find(({ problemId, sample }) => problemId === 'order' && sample === 1)?.kind).toBe('passed')
  expect(run.contextAtK).toEqual({
    1: { all: expect.objectContaining({ value: 0.5 }), each: expect.objectContaining({ value: 0.625 }), problems: 2 },
  })
  const written: string[] = []
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    written.push(String(text))
    return true
  })
  for (const options of [{}, { json: true }, { markdown: '-' }]) await report(out, { quiet: true, ...options })
  vi.restoreAllMocks()
  const text = written.join('')
  expect(text).toMatch(/Acc@k: names that the solutions use\n.*problems\n *1 +50\.0 % \(.*\) +62\.5 % \(.*\) +2\n/)
  expect(text).toContain('"contextAtK": {\n    "1": {')
  expect(text).toMatch(/## Acc@k: names that the solutions use\n\n.*\n.*\n\| 1 \| 50\.0 %/)
})
