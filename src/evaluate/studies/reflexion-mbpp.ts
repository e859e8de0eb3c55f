/** Reflexion and the simple strategy with GPT-4 on MBPP: the recorded programs, judged again. */
import { defineStudy } from '../../kernel/index.js'
import { replayRecorded } from '../recorded-verdicts.js'

const folder = 'noahshinn__reflexion/programming_runs/root'
const files = [
  {
    file: { path: `${folder}/simple_mbpp_py/mbpp-py._simple_1_gpt-4_pass_at_k_1_py.jsonl` },
    figure: 'GPT-4 simple pass@1',
    published: 80.1,
  },
  {
    file: { path: `${folder}/reflexion_mbpp_py/mbpp-py._reflexion_5_gpt-4_pass_at_k_1_py.jsonl` },
    figure: 'GPT-4 Reflexion pass@1',
    published: 77.1,
  },
]

export default defineStudy({
  name: 'reflexion-mbpp',
  summary: 'the simple strategy and Reflexion with GPT-4 on 397 MBPP problems, judged again',
  source: {
    title: 'Reflexion: Language Agents with Verbal Reinforcement Learning',
    year: 2023,
    link: 'https://arxiv.org/abs/2303.11366',
  },
  data: files.map(({ file }) => file),
  run: (ctx) => replayRecorded(ctx, 'reflexion-mbpp', files),
})
