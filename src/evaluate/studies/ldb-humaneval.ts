/** LDB on HumanEval with GPT-3.5: the recorded seed and repaired programs, judged again. */
import { defineStudy } from '../../kernel/index.js'
import { replayRecorded } from '../recorded-verdicts.js'

const folder = 'FloridSleeves__LLMDebugger'
const results = `${folder}/results/ldb/humaneval`
const files = [
  {
    file: { path: `${folder}/input_data/humaneval/seed/gpt-3.5-turbo-0613/seed.jsonl` },
    figure: 'seed pass@1',
    published: 73.8,
  },
  { file: { path: `${results}/gpt-3.5-turbo-0613/results.jsonl` }, figure: 'LDB pass@1', published: 82.9 },
  { file: { path: `${results}/level_line/results.jsonl` }, figure: 'LDB line level pass@1', published: 80.5 },
  { file: { path: `${results}/level_function/results.jsonl` }, figure: 'LDB function level pass@1', published: 79.9 },
]

export default defineStudy({
  name: 'ldb-humaneval',
  summary: 'GPT-3.5 seeds and the programs LDB made of them, judged again',
  source: {
    title: 'LDB: A Large Language Model Debugger via Verifying Runtime Execution Step-by-step',
    year: 2024,
    link: 'https://arxiv.org/abs/2402.16906',
  },
  data: files.map(({ file }) => file),
  run: (ctx) => replayRecorded(ctx, 'ldb-humaneval', files),
})
