/** CodeScope, code translation: an accepted submission, to be written in another of 14 languages. */
import { z } from 'zod'
import { defineBenchmark } from '../../kernel/index.js'
import { codescope, dataOf, fenced, languageOf, taskFields, taskProblem } from '../codescope-rows.js'

export default defineBenchmark({
  ...codescope,
  name: 'codescope-translation',
  summary: 'submissions to Codeforces, to be translated between 14 languages',
  data: dataOf('code_translation'),
  row: z.object({
    ...taskFields,
    source_code: z.string().min(1),
    source_lang_cluster: z.string(),
    target_lang_cluster: z.string(),
  }),
  *problems([rows = []]) {
    for (const row of rows) {
      const { source_lang_cluster: from, target_lang_cluster: to } = row
      const source = languageOf(from, row.id)
      const prompt = `Translate this program from ${from} to ${to}: the same output for every input.\n\n${fenced(source, row.source_code)}\n`
      yield taskProblem('translation', row, languageOf(to, row.id), { prompt, metadata: { from, to } })
    }
  },
  k: [1, 5],
})
