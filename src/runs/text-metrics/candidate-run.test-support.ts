/** The run of a sample file whose candidates have given verdicts, for tests that look at the candidates' texts. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Benchmark, limitsFrom, type Verdict } from '../../kernel/index.js'
import { readHeader, type RunHeader } from '../header.js'
import { loadProblems } from '../problems.js'
import { candidatesOf } from '../reports/sources.js'
import { openRun } from '../run.js'

const common = { judged: 'in-process', tests: [], cpuMs: 1, wallMs: 2, peakBytes: 3 } as const
const verdicts: Readonly<Record<string, Verdict>> = {
  p: { kind: 'passed', ...common },
  w: { kind: 'wrong', evidence: '', ...common },
  i: { kind: 'infrastructure', reason: 'no disk', ...common },
}

export type Given = readonly [problemId: string, completion: string, verdict: 'p' | 'w' | 'i']

export function writeSamples(path: string, given: readonly (readonly [string, string, ...unknown[]])[]): void {
  writeFileSync(path, given.map(([task_id, completion]) => JSON.stringify({ task_id, completion })).join('\n'))
}

/** In `folder`, which must be CUPEL_DATA: rows of the first data file, the samples, and the run. */
export async function candidateRun(
  folder: string,
  benchmark: Benchmark,
  rows: readonly object[],
  given: readonly Given[],
): Promise<{ readonly out: string; readonly samples: string }> {
  const data = join(folder, benchmark.data[0]?.path as string)
  mkdirSync(dirname(data), { recursive: true })
  writeFileSync(data, rows.map((row) => JSON.stringify(row)).join('\n'))
  const samples = join(folder, 'samples.jsonl')
  writeSamples(samples, given)
  const out = join(folder, 'run')
  const run = await openRun(
    out,
    {
      command: [],
      benchmark: benchmark.name,
      options: { source: 'samples', limits: limitsFrom(benchmark.limits ?? {}) },
      isolation: null,
      started: '2026-07-01T12:00:00.000Z',
      cupel: '0.1.0',
      inputs: [{ path: samples, sha256: 'y' }],
    },
    { resume: false },
  )
  const problems = await loadProblems(benchmark)
  let line = 0
  for await (const found of candidatesOf(out, readHeader(out) as RunHeader, benchmark, problems)) {
    if (typeof found === 'string') throw new Error(found)
    const { candidate, sample, keys } = found
    const verdict = verdicts[given[line++]?.[2] as string] as Verdict
    run.append({ key: [...keys][0] as string, problemId: candidate.problemId, sample, verdict })
  }
  run.close()
  return { out, samples }
}
