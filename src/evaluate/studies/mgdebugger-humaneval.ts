/** MGDebugger: the programs that its debugging starts from, on HumanEval, and the buggy programs of HumanEvalFix. What it made of them is not recorded. */
import { defineStudy } from '../../kernel/index.js'
import { replayRecorded } from '../recorded-verdicts.js'

const folder = 'YerbaPage__MGDebugger'
const models = [
  ['codeqwen', 'CodeQwen'],
  ['deepseekcoder', 'DeepSeek-Coder'],
  ['codestral', 'Codestral'],
  ['starcoder2', 'StarCoder2'],
  ['codellama', 'Code Llama'],
  ['starcoder', 'StarCoder'],
] as const
const files = [
  ...models.map(([name, title]) => ({
    file: { path: `${folder}/input_data/humaneval/seed/${name}/seed.jsonl` },
    figure: `${title}, before debugging`,
    published: null,
  })),
  {
    file: { path: `${folder}/input_data/humanevalfix/seeds.jsonl` },
    figure: 'HumanEvalFix, the buggy programs',
    published: null,
  },
]

export default defineStudy({
  name: 'mgdebugger-humaneval',
  summary:
    "six models' first programs for HumanEval, which MGDebugger starts from, and HumanEvalFix's bugs, judged again",
  source: {
    title: 'From Code to Correctness: Closing the Last Mile of Code Generation with Hierarchical Debugging',
    year: 2024,
    link: 'https://arxiv.org/abs/2410.01215',
  },
  data: files.map(({ file }) => file),
  run: (ctx) => replayRecorded(ctx, 'mgdebugger-humaneval', files),
})
