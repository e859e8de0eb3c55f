/** MGDebugger: the programs that its debugging starts from, on MBPP. What it made of them is not recorded. */
import { defineStudy } from '../../kernel/index.js'
import { replayRecorded } from '../recorded-verdicts.js'

const folder = 'YerbaPage__MGDebugger'
const models = [
  ['codeqwen', 'CodeQwen'],
  ['deepseekcoder', 'DeepSeek-Coder'],
  ['codestral', 'Codestral'],
  ['starcoder2', 'StarCoder2'],
  ['starcoder', 'StarCoder'],
] as const
const files = [
  ...models.map(([name, title]) => ({
    file: { path: `${folder}/input_data/mbpp/seed/${name}/seed.jsonl` },
    figure: `${title}, before debugging`,
    published: null,
  })),
]

export default defineStudy({
  name: 'mgdebugger-mbpp',
  summary: "five models' first programs for MBPP, which MGDebugger starts from, judged again",
  source: {
    title: 'From Code to Correctness: Closing the Last Mile of Code Generation with Hierarchical Debugging',
    year: 2024,
    link: 'https://arxiv.org/abs/2410.01215',
  },
  data: files.map(({ file }) => file),
  run: (ctx) => replayRecorded(ctx, 'mgdebugger-mbpp', files),
})
