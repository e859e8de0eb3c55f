/** CodeScope, code repair: a submission that is wrong, to be mended. The share of mended ones is what it calls DSR@1. */
import { z } from 'zod'
import { defineBenchmark } from '../../kernel/index.js'
import {
  codescope,
  dataOf,
  fenced,
  languageOf,
  statement,
  statementOf,
  taskFields,
  taskProblem,
} from '../codescope-rows.js'

export default defineBenchmark({
  ...codescope,
  name: 'codescope-repair',
  acceptance: {
    c: 'coverage of generated tests equals what gcov and coverage.py say (not built)',
    d: 'DSR@1 counts a repair that passes all tests, in three languages',
    e: 'short, medium and long are told by numbers of tokens (not built)',
  },
  summary: 'wrong submissions to Codeforces in 14 languages, to be mended (DSR@1)',
  data: dataOf('code_repair'),
  row: z.object({
    ...taskFields,
    ...statement,
    lang_cluster: z.string(),
    source_code: z.string().min(1),
    execute_outcome: z.string().nullish(),
  }),
  *problems([rows = []]) {
    for (const row of rows) {
      const language = languageOf(row.lang_cluster, row.id)
      const outcome = row.execute_outcome ?? 'not accepted'
      const prompt = `${statementOf(row)}\n\nThis program in ${row.lang_cluster} is to solve it; its outcome is ${outcome}. Give the whole program, mended.\n\n${fenced(language, row.source_code)}\n`
      const metadata = { execute_outcome: outcome }
      const { human_solution: reference, source_code } = row
      yield taskProblem('repair', row, language, { prompt, reference, metadata, wrong: [source_code] })
    }
  },
  k: [1],
})
