/**
 * CodeScope, code optimisation: accepted but slow, or large, submissions to be improved. Judged by their tests;
 * `cupel report RUN --efficiency` measures what passed beside the submission, and Opt@k counts.
 */
import { z } from 'zod'
import { defineBenchmark } from '../../kernel/index.js'
import { codescope, dataOf, fenced, languageOf, taskFields, taskProblem } from '../codescope-rows.js'

const wanted = { time: 'as fast as you can make it', memory: 'with as little memory as you can' }

export default defineBenchmark({
  ...codescope,
  name: 'codescope-optimization',
  acceptance: {
    a: 'of candidates at 0.99 and 100 %, 0.5 and 90 %, 1.05 and 100 % the first alone is faster than runs of 1.0, 1.2 and 1.1',
  },
  summary: 'slow and large submissions in Python, C#, C and C++, to be made faster or smaller (Opt@5)',
  data: dataOf('code_optimization'),
  row: z.object({
    ...taskFields,
    description: z.string(),
    lang: z.string(),
    time_baseline_source_code: z.string().min(1),
    memory_baseline_source_code: z.string().min(1),
    time_baseline_performance: z.number().nullish(),
    memory_baseline_performance: z.number().nullish(),
  }),
  *problems([rows = []]) {
    for (const row of rows)
      for (const what of ['time', 'memory'] as const) {
        const language = languageOf(row.lang, row.id)
        const baseline = row[`${what}_baseline_source_code`]
        const prompt = `${row.description.trim()}\n\nRewrite this program so that it does the same ${wanted[what]}. Give the whole program.\n\n${fenced(language, baseline)}\n`
        const metadata = { what, lang: row.lang, baseline }
        yield taskProblem(`optimization/${what}`, row, language, { prompt, reference: baseline, metadata })
      }
  },
  k: [1, 5],
  optimises: ({ metadata }) => metadata.what as 'time' | 'memory',
})
