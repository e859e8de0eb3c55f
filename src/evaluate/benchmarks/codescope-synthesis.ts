/** CodeScope, program synthesis: a program in one of 14 languages for a problem of Codeforces. */
import { z } from 'zod'
import { defineBenchmark } from '../../kernel/index.js'
import { codescope, dataOf, languageOf, statement, statementOf, taskFields, taskProblem } from '../codescope-rows.js'

export default defineBenchmark({
  ...codescope,
  name: 'codescope-synthesis',
  summary: 'problems of Codeforces to be solved in 14 languages',
  data: dataOf('program_synthesis'),
  row: z.object({ ...taskFields, ...statement, lang_cluster: z.string() }),
  *problems([rows = []]) {
    for (const row of rows) {
      const language = languageOf(row.lang_cluster, row.id)
      const prompt = `${statementOf(row)}\n\nWrite a program in ${row.lang_cluster} that reads standard input and writes standard output.\n`
      yield taskProblem('synthesis', row, language, { prompt, reference: row.human_solution })
    }
  },
  k: [1, 5],
})
