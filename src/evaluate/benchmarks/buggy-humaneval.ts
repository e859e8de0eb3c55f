/**
 * Buggy-HumanEval: a function begun with a bug in it; the whole must be right. Many beginnings are made from one problem of
 * HumanEval: `cupel report` has pass@k with the mean of each problem first, apart for beginnings with and without the bug.
 * More of the kind, from any problem that has a solution: `buggyBeginnings` (cupel/evaluate).
 */
import { z } from 'zod'
import { type JudgedProblem, defineBenchmark } from '../../kernel/index.js'
import { humanEvalLimits, humanEvalProblem, humanEvalRow, standalone } from '../humaneval-rows.js'

const row = humanEvalRow.extend({
  instance_id: z.string().min(1),
  clean_prompt: z.string().min(1),
  buggy_prompt: z.string().min(1),
})

export default defineBenchmark({
  name: 'buggy-humaneval',
  summary: '1,896 beginnings of HumanEval solutions with one operator changed, and the same without the change',
  source: {
    title: 'Large Language Models of Code Fail at Completing Code with Potential Bugs',
    year: 2023,
    link: 'https://arxiv.org/abs/2306.03438',
    system: 138,
  },
  acceptance: {
    a: 'the 1,896 published rows are read; the rest of the solution passes behind the clean beginning and fails behind the buggy one',
    b: 'every published bug is made again, and what is made differs in exactly one operator of its syntax tree',
    c: 'a bug is removed or rewritten by a method, and the completion succeeds again (not built)',
    d: 'pass@k with the mean of each problem first equals the count by hand',
  },
  licence: 'MIT',
  data: [{ path: 'amazon-science__buggy-code-completion/data/humaneval/problems/humaneval_large_instances.jsonl.gz' }],
  row,
  *problems([rows = []]) {
    for (const each of rows) {
      yield problemOf(each, 'buggy')
      yield problemOf(each, 'clean')
    }
  },
  complete: ({ prompt }, completion) => prompt + completion,
  standalone,
  k: [1, 10, 100],
  madeFrom: ({ metadata }) => ({ task: String(metadata.of), kind: String(metadata.beginning) }),
  limits: humanEvalLimits,
  contamination: 'made of HumanEval and its published solutions, which are in public training sets.',
})

/**
 * `buggyHumanEval/0/5` and `buggyHumanEval/0/5/clean`. A completion may undo the bug only by what it adds; a solution may
 * write all anew. The rest of the published solution is the reference of the clean beginning.
 */
function problemOf(each: z.output<typeof row>, which: 'buggy' | 'clean'): JudgedProblem {
  const { instance_id: id, buggy_prompt: buggy, clean_prompt: clean, canonical_solution: solution, ...rest } = each
  const { problem, suite } = humanEvalProblem({ ...rest, task_id: which === 'buggy' ? id : `${id}/clean` })
  const prompt = which === 'buggy' ? buggy : clean
  const missing = restOf(solution ?? '', clean)
  return {
    problem: {
      ...problem,
      kind: 'completion',
      prompt,
      metadata: { of: each.task_id, beginning: which, rest: missing },
    },
    suite,
    ...(which === 'clean' && missing !== null ? { reference: clean + missing } : {}),
  }
}

/** What of the solution comes after the beginning, whose blank lines and comments may be gone; null if that is not clear. */
function restOf(solution: string, beginning: string): string | null {
  const begun = codeLines(beginning)
  const lines = solution.split('\n')
  for (let from = lines.length; from > 0; from--) {
    const before = codeLines(lines.slice(0, from).join('\n'))
    const tail = begun.slice(-before.length)
    if (before.length > 0 && before.every((line, i) => line === tail[i])) return `\n${lines.slice(from).join('\n')}`
  }
  return null
}

function codeLines(code: string): string[] {
  return code
    .split('\n')
    .map((line) => line.replace(/\s+#.*$/, '').trimEnd())
    .filter((line) => line !== '' && !/^\s*#/.test(line))
}
