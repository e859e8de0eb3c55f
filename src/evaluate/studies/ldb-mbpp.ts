/** LDB on MBPP with GPT-3.5: the recorded seed and repaired programs, judged again. */
import { defineStudy } from '../../kernel/index.js'
import { replayRecorded } from '../recorded-verdicts.js'

const folder = 'FloridSleeves__LLMDebugger'
const files = [
  {
    file: { path: `${folder}/input_data/mbpp/seed/gpt-3.5-turbo-0613/seed.jsonl` },
    figure: 'seed pass@1',
    published: 67.6,
  },
  {
    file: { path: `${folder}/results/ldb/mbpp/gpt-3.5-turbo-0613/results.jsonl` },
    figure: 'LDB pass@1',
    published: 76,
  },
]

export default defineStudy({
  name: 'ldb-mbpp',
  summary: 'GPT-3.5 seeds for MBPP and the programs LDB made of them, judged again',
  source: {
    title: 'LDB: A Large Language Model Debugger via Verifying Runtime Execution Step-by-step',
    year: 2024,
    link: 'https://arxiv.org/abs/2402.16906',
  },
  data: files.map(({ file }) => file),
  run: (ctx) => replayRecorded(ctx, 'ldb-mbpp', files),
})
