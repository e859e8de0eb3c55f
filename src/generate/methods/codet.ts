/** CodeT: trust the programs that agree with each other on tests the model wrote itself. */
import { z } from 'zod'
import { defineMethod } from '../../kernel/index.js'
import { prompts } from '../prompt.js'
import { asserts, continuation, program } from '../readers.js'
import { agreementGroups, countCodes, keptTests } from './agreement.js'

const prompt = prompts(import.meta.url)

export default defineMethod({
  name: 'codet',
  summary: 'ranks samples by how many of them agree on how many generated tests (dual execution agreement)',
  source: {
    system: 90,
    title: 'CodeT: Code Generation with Generated Tests',
    year: 2022,
    link: 'https://arxiv.org/abs/2207.10397',
  },
  acceptance: {
    a: 'replay of the recorded CodeGen-16B samples gives the figures of the recording',
    b: 'a recording of another model (davinci-002) is replayed when its file is there',
    c: 'pass@2 and pass@10 of the ranked selection are emitted',
    d: 'group scores, both score variants, tie merging and expected pass@1 equal hand values on a matrix with duplicates',
    e: 'the order of samples does not change the ranking',
    f: 'a solution that passes a popular wrong test group is outranked as calculated',
    g: 'generated tests without the entry point or with syntax errors are dropped',
    h: 'ranking has no access to reference tests',
  },
  options: z.object({
    samples: z.int().positive().default(100).describe('programs to sample'),
    testSamples: z.int().positive().default(100).describe('replies with tests to sample'),
    testsPerReply: z.int().positive().default(5).describe('tests kept of each reply'),
    temperature: z.number().min(0).default(0.8).describe('sampling temperature of programs and tests'),
    topP: z.number().positive().max(1).default(0.95).describe('nucleus of programs and tests'),
    maxTokens: z.int().positive().default(300).describe('longest reply, in tokens'),
    testSeconds: z.number().positive().default(0.1).describe('CPU seconds of one test'),
    score: z
      .enum(['sqrt', 'product', 'solutions', 'tests'])
      .default('sqrt')
      .describe('released code, formula of the paper, or its ablations'),
    style: z.enum(['completion', 'chat']).default('completion').describe('whether the model continues code or answers'),
  }),

  async solve(problem, ctx, o) {
    const sampling = { temperature: o.temperature, topP: o.topP, maxTokens: o.maxTokens }
    const read = o.style === 'completion' ? continuation : program
    const values = { prompt: problem.prompt, entry: problem.entryPoint ?? '' }
    const replies = await ctx.ask(
      prompt(o.style === 'completion' ? 'solution' : 'solution-chat', { prompt: values.prompt }),
      {
        ...sampling,
        n: o.samples,
        read,
      },
    )
    for (const { how, missing } of replies) if (missing) ctx.propose('', { missing, how, score: -1 })
    const solutions = countCodes(replies.filter(({ missing }) => !missing).map(({ code }) => code))
    // Should the budget end here, the samples as they came are the answer.
    for (const { code, count } of solutions) ctx.propose(Array<string>(count).fill(code), { score: 0 })

    const texts = await ctx.ask(prompt(o.style === 'completion' ? 'tests' : 'tests-chat', values), {
      ...sampling,
      n: o.testSamples,
      read: asserts,
    })
    const compile = await ctx.compiles(texts.flat())
    const tests = keptTests(texts, compile, o.testsPerReply)

    const passes = await ctx.runAll(
      solutions.map(({ code }) => code),
      tests.map(({ code }) => code),
      { cpuSeconds: o.testSeconds },
    )
    ctx.note({ solutions: solutions.length, tests: tests.length })
    for (const group of agreementGroups(solutions, tests, passes, o.score))
      for (const { code } of group.solutions) ctx.score(code, group.score)
  },
})
