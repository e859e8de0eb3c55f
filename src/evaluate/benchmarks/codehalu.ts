/**
 * CodeHaluEval: pairs of a task of APPS and one test case at which models went wrong. Each pair is a problem, so that each
 * has a label of its own; `cupel report` counts them by sub-type and type (metrics/hallucinations.ts).
 *
 * The shape of a row is known from the released scripts (generation.py: `id`, `task_id`, `question`, `starter_code`,
 * `fn_name`, `input`, `output`; eval.py: `input_output`); no row was here to compare with, and neither the names of the files
 * nor the type of `input` are known, so every `.json` file in the folder is read and both shapes are taken. Time: the
 * scripts' thirty seconds for a pair.
 *
 * Not covered: "logic breakdown", which the scripts tell by 1,300 tokens of CodeLlama's tokenizer, which is not here: such a
 * program is run like any other. Arguments beyond 2^53 are rounded. SyntaxError has no class there: it is `other` here.
 */
import { z } from 'zod'
import { appsFields, appsProblem } from '../apps-rows.js'
import { defineBenchmark } from '../../kernel/index.js'

const id = z.union([z.int(), z.string()])
const fields = z.object({ ...appsFields, id: id.optional(), task_id: id })

/** One test case, as rows of APPS have theirs. */
function withTests(row: unknown): unknown {
  if (row === null || typeof row !== 'object' || Array.isArray(row)) return row
  const {
    input,
    output,
    fn_name: name,
    input_output: both,
    starter_code: starter,
    ...rest
  } = row as Record<string, unknown>
  const called = name === null || name === undefined || name === '' ? {} : { fn_name: name }
  const tests = both ?? { inputs: [input], outputs: [output], ...called }
  return {
    ...rest,
    starter_code: starter ?? '',
    input_output: typeof tests === 'string' ? tests : JSON.stringify({ ...called, ...(tests as object) }),
  }
}

export default defineBenchmark({
  name: 'codehalu',
  summary: '8,883 pairs of a task of APPS and one test case, for how programs go wrong: eight kinds of hallucination',
  source: {
    title: 'CodeHalu: Code Hallucinations in LLMs Driven by Execution-based Verification',
    year: 2024,
    link: 'https://arxiv.org/abs/2405.00253',
    system: 3,
  },
  acceptance: {
    a: 'of programs that are run, one for each of seven sub-types has that label, a correct one is correct, a sleeping one a time-out',
    b: 'with 9 ZeroDivisionError and 4 ValueError among 200 samples the rate of data compliance is 6.5',
    c: 'repetitive output of 1,300 tokens is a breakdown without being run (tokens of CodeLlama are not counted here)',
    d: 'eight sub-types are grouped into four types, also those that did not occur',
  },
  licence: 'not stated; the tasks are of APPS (MIT)',
  data: [{ path: 'yuchen814__CodeHalu/benchmarks/**/*.json' }],
  row: z.preprocess(withTests, fields),
  *problems([rows = []]) {
    const numbers = new Map<string, number>()
    for (const row of rows) {
      const task = String(row.task_id)
      const number = (numbers.get(task) ?? 0) + 1
      numbers.set(task, number)
      yield appsProblem(row, {
        id: `${task}/${number}`,
        metadata: { task, ...(row.id === undefined ? {} : { row: row.id }) },
      })
    }
  },
  k: [1],
  limits: { cpuSeconds: 30, wallSeconds: 120, memoryMb: 2048 },
  contamination: 'made of the test problems of APPS, which are in public training sets with their solutions.',
})
