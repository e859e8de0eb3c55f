/** Analogical, Reflexion and MapCoder with ChatGPT on MBPP: the recorded final programs, judged again. */
import { defineStudy } from '../../kernel/index.js'
import { replayRecorded } from '../recorded-verdicts.js'

const folder = 'Md-Ashraful-Pramanik__MapCoder/final-results/ChatGPT/MBPP'
const files = [
  {
    file: { path: `${folder}/ChatGPT-Analogical-MBPP-Python3-0-1.jsonl` },
    figure: 'Analogical pass@1',
    published: 70.5,
  },
  {
    file: { path: `${folder}/ChatGPT-Reflexion-10-MBPP-Python3-0-1.jsonl` },
    figure: 'Reflexion pass@1',
    published: 73,
  },
  {
    file: { path: `${folder}/ChatGPT-MapCoder-3-5-MBPP-Python3-0-1.jsonl` },
    figure: 'MapCoder pass@1',
    published: 78.3,
  },
]

export default defineStudy({
  name: 'mapcoder-mbpp',
  summary: 'Analogical, Reflexion and MapCoder with ChatGPT on 397 MBPP problems, judged again',
  source: {
    title: 'MapCoder: Multi-Agent Code Generation for Competitive Problem Solving',
    year: 2024,
    link: 'https://arxiv.org/abs/2405.11403',
  },
  data: files.map(({ file }) => file),
  run: (ctx) => replayRecorded(ctx, 'mapcoder-mbpp', files),
})
