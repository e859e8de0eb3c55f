/** MapCoder's four ChatGPT runs on HumanEval, judged again. */
import { defineStudy } from '../../kernel/index.js'
import { replayRecorded } from '../recorded-verdicts.js'

const folder = 'Md-Ashraful-Pramanik__MapCoder/final-results/ChatGPT/HumanEval'
const files = [
  { file: { path: `${folder}/ChatGPT-Analogical-Python3-0-1.jsonl` }, figure: 'Analogical pass@1', published: 63.4 },
  { file: { path: `${folder}/ChatGPT-CoT-Python3-0-1.jsonl` }, figure: 'CoT pass@1', published: 68.9 },
  { file: { path: `${folder}/ChatGPT-Reflexion-10-Python3-0-1.jsonl` }, figure: 'Reflexion pass@1', published: 67.1 },
  {
    file: { path: `${folder}/ChatGPT-MapCoder-5-5-Human-Python3-0-1.jsonl` },
    figure: 'MapCoder pass@1',
    published: 80.5,
  },
]

export default defineStudy({
  name: 'mapcoder-humaneval',
  summary: 'Analogical, CoT, Reflexion and MapCoder with ChatGPT, judged again',
  source: {
    title: 'MapCoder: Multi-Agent Code Generation for Competitive Problem Solving',
    year: 2024,
    link: 'https://arxiv.org/abs/2405.11403',
  },
  data: files.map(({ file }) => file),
  run: (ctx) => replayRecorded(ctx, 'mapcoder-humaneval', files),
})
