/** CodeT on HumanEval, replayed: 16,400 recorded CodeGen-Mono-16B samples and the tests the model wrote. */
import { cutAtStops, generatedAsserts } from '../../code/index.js'
import { agreementGroups, countCodes, functionStops } from '../../generate/index.js'
import { BadDataError, type JudgedProblem, type StudyContext, type StudyRow, defineStudy } from '../../kernel/index.js'
import { humanEvalProblem, humanEvalRow } from '../humaneval-rows.js'
import { passAtK } from '../metrics/pass-at-k.js'
import { rankedPassAtK } from '../metrics/ranked-pass-at-k.js'
import { sampleFile } from '../sample-rows.js'

const folder = 'microsoft__CodeT/CodeT/data'
const from = 'github:microsoft/CodeT/35f54d60b152cc31d134b788e702878ad613d9f7/CodeT/data'
const recording = 'HumanEval_codegen16B_temp0.8_topp0.95_num100_max300'
const problemsFile = { path: `${folder}/dataset/HumanEval_for_code_generation.jsonl`, from: `${from}/dataset/HumanEval_for_code_generation.jsonl` }
const solutionsFile = { path: `${folder}/generated_data/${recording}_code_solution.jsonl`, from: `${from}/generated_data/${recording}_code_solution.jsonl` }
const testsFile = { path: `${folder}/generated_data/${recording}_test_case.jsonl`, from: `${from}/generated_data/${recording}_test_case.jsonl` }

const testSeconds = 0.1
const testsPerReply = 5
const hidden = { cpuSeconds: 5, wallSeconds: 20, memoryMb: 2048 }

/** Paper (Table 2, from memory) and an earlier replay of the same files. */
const figures = [
  { figure: 'pass@1', k: 1, published: 29.7, recorded: 22.12, note: 'the paper takes pass@1 from other samples (T = 0.2); these have T = 0.8' },
  { figure: 'pass@10', k: 10, published: 50.3, recorded: 50.38 },
  { figure: 'pass@100', k: 100, published: 73.7, recorded: 73.78 },
] as const
const ranked = [
  { figure: 'CodeT pass@1', k: 1, published: 36.7, recorded: 37.24 },
  { figure: 'CodeT pass@2', k: 2, published: 44.7, recorded: 45.16 },
  { figure: 'CodeT pass@10', k: 10, published: 59.3, recorded: 60.02 },
] as const

interface Replayed {
  readonly n: number
  readonly correct: number
  readonly groups: readonly { readonly solutions: readonly { readonly count: number; readonly correct: number }[] }[]
}

export default defineStudy({
  name: 'codet-humaneval',
  summary: 'CodeT over 100 recorded CodeGen-16B samples and 100 recorded test replies per HumanEval problem',
  source: { system: 90, title: 'CodeT: Code Generation with Generated Tests', year: 2022, link: 'https://arxiv.org/abs/2207.10397' },
  data: [problemsFile, solutionsFile, testsFile],

  async run(ctx) {
    const problems = (await ctx.rows(problemsFile.path)).map((row) => humanEvalProblem(humanEvalRow.parse(row)))
    const solutions = byPrompt(await ctx.rows(solutionsFile.path))
    const tests = byPrompt(await ctx.rows(testsFile.path))
    let done = 0
    // A few problems at a time keep every worker busy and the memory bounded.
    const replayed = await inTurn(problems, 4, async (judged) => {
      const result = await replay(ctx, judged, solutions, tests)
      ctx.progress(++done, problems.length, judged.problem.id)
      return result
    })
    return [
      ...figures.map(({ k, ...row }) => measured(row, mean(replayed, ({ n, correct }) => passAtK(n, correct, k)))),
      ...ranked.map(({ k, ...row }) => measured(row, mean(replayed, ({ n, correct, groups }) => rankedPassAtK(groups, k, { n, correct })))),
    ]
  },
})

async function replay(ctx: StudyContext, judged: JudgedProblem, solutions: Samples, tests: Samples): Promise<Replayed> {
  const { problem } = judged
  const entry = problem.entryPoint ?? ''
  const programs = countCodes(samplesOf(solutions, problem.prompt, problem.id).map((text) => problem.prompt + cutAtStops(text, functionStops)))
  const replies = [...testsOf(tests, problem.prompt, entry, problem.id)].map((text) => generatedAsserts(text, entry))
  const compile = await ctx.judge.compiles(replies.flat())
  let next = 0
  const asserts = countCodes(replies.map((reply) => reply.filter(() => compile[next++]).slice(0, testsPerReply)).flat())
  const codes = programs.map(({ code }) => code)
  // Ranking first, and without the reference tests: they are only asked afterwards.
  const passes = await ctx.judge.passMatrix(problem, codes, asserts.map(({ code }) => code), testSeconds)
  const groups = agreementGroups(programs, asserts, passes, 'sqrt')
  const verdicts = await ctx.judge.verdicts(codes.map((code) => ({ problem: judged, code })), hidden)
  if (verdicts.includes('infrastructure')) throw new BadDataError(`${problem.id}: the machine could not run a program; run again`)
  ctx.count(codes.length * asserts.length + codes.length)
  const correct = new Map(codes.map((code, i) => [code, verdicts[i] === 'passed']))
  const right = (solution: { code: string; count: number }) => (correct.get(solution.code) ? solution.count : 0)
  return {
    n: programs.reduce((sum, { count }) => sum + count, 0),
    correct: programs.reduce((sum, solution) => sum + right(solution), 0),
    groups: groups.map((group) => ({ solutions: group.solutions.map((one) => ({ count: one.count, correct: right(one) })) })),
  }
}

type Samples = ReadonlyMap<string, readonly string[]>

function byPrompt(rows: readonly unknown[]): Samples {
  return new Map(rows.map((row) => sampleFile.parse(row)).map(({ prompt, samples }) => [prompt, samples]))
}

function samplesOf(all: Samples, prompt: string, id: string): readonly string[] {
  const found = all.get(prompt)
  if (!found) throw new BadDataError(`${id} has no recorded samples: the prompt is not in the file`)
  return found
}

/** Test samples were asked with the prompt, a body of `pass`, and the beginning of an assertion. */
function testsOf(all: Samples, prompt: string, entry: string, id: string): readonly string[] {
  return samplesOf(all, `${prompt}    pass\n\n# check the correctness of ${entry}\nassert `, id)
}

function mean(items: readonly Replayed[], value: (item: Replayed) => number): number {
  return (100 * items.reduce((sum, item) => sum + value(item), 0)) / items.length
}

function measured(row: { figure: string; published: number; recorded: number; note?: string }, value: number): StudyRow {
  return { study: 'codet-humaneval', ...row, measured: Math.round(value * 100) / 100, differ: null }
}

/** `work` on each item, at most `width` at once; results in order. */
async function inTurn<T, R>(items: readonly T[], width: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = new Array(items.length)
  let next = 0
  const lane = async () => {
    for (let i = next++; i < items.length; i = next++) results[i] = await work(items[i] as T)
  }
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, lane))
  return results
}
