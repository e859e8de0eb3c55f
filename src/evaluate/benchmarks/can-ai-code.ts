/** can-ai-code: the problems of its interviews junior-v2 and senior, as two recordings with full marks hold them. */
import { defineBenchmark } from '../../kernel/index.js'
import { interviewLimits, interviewProblem, interviewRow } from '../can-ai-code-rows.js'
import { z } from 'zod'

const folder = 'the-crypt-keeper__can-ai-code/results/closed'

export default defineBenchmark({
  name: 'can-ai-code',
  summary: '17 interview questions in Python and JavaScript, with checks on the function and on what its calls give',
  source: {
    title: 'Can AI Code? Self-evaluating interview for AI coding models',
    year: 2023,
    link: 'https://github.com/the-crypt-keeper/can-ai-code',
  },
  licence: 'MIT',
  data: [
    `${folder}/eval_junior-v2_python-javascript_chat-generic-v2_none_topk1_openai-gpt-3.5-turbo-1106_1702134946.ndjson`,
    `${folder}/eval_senior_python-javascript_chat-o1_none_greedy-openai-o1_openai-o1-2024-12-17_1734800930.ndjson`,
  ].map((path) => ({ path })),
  // The recorded program has all points: it is the reference.
  row: interviewRow.extend({ code: z.string().min(1), status: z.literal('PASS') }),
  *problems(files) {
    for (const [i, rows] of files.entries())
      for (const { code, ...row } of rows) {
        const judged = interviewProblem(row)
        const tags = [i === 0 ? 'junior-v2' : 'senior', row.language]
        yield {
          ...judged,
          problem: { ...judged.problem, metadata: { ...judged.problem.metadata, tags } },
          reference: code,
        }
      }
  },
  k: [1],
  limits: interviewLimits,
  contamination: 'public since 2023, with recorded answers of hundreds of models.',
})
