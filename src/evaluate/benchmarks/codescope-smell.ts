/** CodeScope, code smell: which smell a piece of Java or C# has. Scores over all answers: `classificationScores`. */
import { z } from 'zod'
import { defineBenchmark } from '../../kernel/index.js'
import { codescope, dataOf, fenced } from '../codescope-rows.js'

const smells = {
  Java: ['data class', 'blob', 'feature envy', 'long method'],
  'C#': ['large class', 'long method'],
} as const

export default defineBenchmark({
  ...codescope,
  name: 'codescope-smell',
  acceptance: {
    b: 'weighted F1 equals what scikit-learn gives, also where an answer names no smell',
  },
  summary: '200 pieces of Java and C# with one of five code smells: name it',
  data: dataOf('code_smell'),
  row: z.object({
    id: z.union([z.int(), z.string()]),
    lang_cluster: z.enum(['Java', 'C#']),
    source_code: z.string(),
    smell_code: z.string(),
    smell: z.enum(['large class', 'long method', 'data class', 'blob', 'feature envy']),
  }),
  *problems([rows = []]) {
    for (const { id, lang_cluster: cluster, source_code, smell_code, smell } of rows) {
      const language = cluster === 'Java' ? 'java' : 'csharp'
      yield {
        problem: {
          id: `smell/${id}`,
          language,
          kind: 'answer',
          prompt: `Which code smell does the piece have: ${smells[cluster].join(', ')}? Answer with its name alone.\n\nThe piece:\n\n${fenced(language, smell_code)}\n\nWhere it stands:\n\n${fenced(language, source_code)}\n`,
          publicTests: [],
          metadata: { lang: cluster, smell },
        },
        suite: {
          kind: 'answer',
          expected: smell,
          comparison: { kind: 'text', ignoreCase: true, finalStop: true, firstLine: true },
        },
        reference: smell,
      }
    }
  },
  k: [1],
  contamination: 'pieces of public repositories, labelled in published data sets of code smells.',
})
