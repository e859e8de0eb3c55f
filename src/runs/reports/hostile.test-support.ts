/** A run in which everything that somebody else wrote is hostile. */
import { hallucinationTable } from '../../evaluate/index.js'
import { candidateRow } from './candidate-row.js'
import type { CandidateRow, Gathered } from './gathered.js'
import { clip } from './text.js'

export const hostile = [
  '</script><script>alert(1)</script>',
  '<!--<script>',
  '--><img src=x onerror=alert(1)>',
  `"'><svg/onload=alert(1)>`,
  ']]><x/>&amp;&bogus;&#0;',
  '\u0000\u0007\u001b[31mred\u001b[0m\u009b2J',
  'a\u202eb\u2066c\u200d\u2028d',
  '\ud800 half \udc00',
  '\ufffe\uffff\u{1fffe}',
  '| a | b \\| c `` d ``` @everyone [x](javascript:alert(1)) ![i](http://x)',
  '```\nbreak\n````````\n# heading',
  '=cmd|calc!A1',
  '+1',
  '-1',
  '@SUM(1)',
  '\tx',
  '\rx',
  '＝1',
  "'quoted",
  '1,2;"3"\r\n4',
  '  ',
  '日本語 😀 é',
] as const

export function row(problemId: string, sample: number, more: Partial<CandidateRow> = {}): CandidateRow {
  const verdict = {
    kind: 'passed',
    judged: 'out-of-process',
    tests: [],
    cpuMs: 12,
    wallMs: 34,
    peakBytes: 5e6,
  } as const
  return { ...candidateRow(problemId, sample, verdict), code: clip('print(1)\n', 100), ...more }
}

/** As `gather` would return it; `more` replaces parts. */
export function gathered(candidates: readonly CandidateRow[], more: Partial<Gathered> = {}): Gathered {
  const counts = new Map<string, { judged: number; passed: number; infrastructure: number }>()
  const verdicts: Record<string, number> = {}
  for (const { problemId, kind } of candidates) {
    const count = counts.get(problemId) ?? { judged: 0, passed: 0, infrastructure: 0 }
    counts.set(problemId, count)
    verdicts[kind] = (verdicts[kind] ?? 0) + 1
    if (kind === 'infrastructure') count.infrastructure++
    else count.judged++
    if (kind === 'passed') count.passed++
  }
  const { infrastructure = 0, passed = 0 } = verdicts
  return {
    schema: 1,
    benchmark: 'humaneval',
    out: 'runs/mine',
    run: {
      cupel: '0.1.0',
      command: ['cupel', 'eval', 'humaneval'],
      started: '2026-07-01T12:00:00.000Z',
      sessions: 1,
      options: {},
      isolations: { python: { level: 'native', tier: 'A', primitives: [] } },
      seconds: 12.5,
      executions: candidates.length,
    },
    finished: true,
    incomplete: false,
    remarks: [],
    counts: {
      problems: counts.size,
      candidates: candidates.length,
      judged: candidates.length - infrastructure,
      passed,
      infrastructure,
      inProcess: 0,
      waiting: 0,
      problemsWithout: 0,
      unreadableLines: 0,
    },
    verdicts,
    failures: hallucinationTable(candidates.map(({ failure }) => failure)),
    passAtK: { 1: { value: 0.5, low: 0.25, high: 0.75, problems: counts.size } },
    curve: [
      { k: 1, value: 0.5, low: 0.25, high: 0.75, problems: counts.size },
      { k: 2, value: 0.75, low: 0.5, high: 1, problems: counts.size },
    ],
    groups: [],
    problems: [...counts].map(([problemId, count]) => ({ problemId, language: 'python', ...count })),
    candidates,
    missing: [],
    lines: [],
    ...more,
  }
}

/** Every hostile text in every place that takes one. */
export function hostileRun(): Gathered {
  const candidates = hostile.flatMap((text, i) => [
    row(text, 0, {
      kind: 'runtime-error',
      detail: text,
      evidence: { text, leftOut: 0 },
      code: { text, leftOut: 3 },
      origin: { method: text, model: text, how: text },
      isolation: text,
      tests: { total: 2, passed: 1, failed: [text] },
    }),
    row(text, 1, { kind: i % 2 === 0 ? 'infrastructure' : 'wrong', detail: text, code: null }),
  ])
  const base = gathered(candidates)
  const groups = hostile.map((text) => ({
    name: text,
    problems: 1,
    judged: 1,
    passed: 0,
    infrastructure: 1,
    pass: { value: 0, low: 0, high: 0 },
    passAtK: { 5: { value: 0, low: 0, high: 0, problems: 1 } },
  }))
  const everything = hostile.join('')
  return {
    ...base,
    benchmark: everything,
    out: everything,
    run: {
      ...base.run,
      cupel: everything,
      command: [...hostile],
      started: everything,
      options: { method: everything, model: everything },
      isolations: { [everything]: { level: 'native', tier: everything, primitives: [] } },
    },
    finished: false,
    remarks: [...hostile],
    groups: [{ field: everything, kind: 'category', groups, leftOut: 1, problemsWithout: 1 }],
    missing: hostile.map((problemId, i) => ({ problemId: `${problemId}?`, sample: i % 2 === 0 ? null : i })),
    lines: hostile.map((reason, line) => ({ line, reason })),
    unexpected: hostile.map((problemId) => ({ problemId, sample: 0, expect: 'passed', verdict: 'wrong' })),
  }
}
