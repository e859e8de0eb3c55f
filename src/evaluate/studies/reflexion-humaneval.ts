/** Reflexion's simple GPT-4 run on HumanEval, judged again. */
import { defineStudy } from '../../kernel/index.js'
import { replayRecorded } from '../recorded-verdicts.js'

const folder = 'noahshinn__reflexion/programming_runs/root'
const files = [
  {
    file: { path: `${folder}/simple_human_eval_py_logging/humaneval-py..gz_simple_1_gpt-4_pass_at_k_1_py.jsonl` },
    figure: 'GPT-4 simple pass@1',
    published: 80.1,
  },
  {
    file: {
      path: `${folder}/simple_humaneval_py_hardest50/humaneval-py_hardest50._simple_1_gpt-4_pass_at_k_1_py.jsonl`,
    },
    figure: 'GPT-4 simple, hardest 50, pass@1',
    published: null,
    limits: { cpuSeconds: 10, memoryMb: 2048 },
  },
]

export default defineStudy({
  name: 'reflexion-humaneval',
  summary: 'the simple GPT-4 strategy of Reflexion, judged again',
  source: {
    title: 'Reflexion: Language Agents with Verbal Reinforcement Learning',
    year: 2023,
    link: 'https://arxiv.org/abs/2303.11366',
  },
  data: files.map(({ file }) => file),
  run: (ctx) => replayRecorded(ctx, 'reflexion-humaneval', files),
})
