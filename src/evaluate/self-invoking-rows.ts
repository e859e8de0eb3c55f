/**
 * Rows of HumanEval Pro and MBPP Pro: a problem, and a harder one that is solved by calling the solution of the first. `cupel
 * report` counts which candidates do call it, and `cupel compare RAW SANITISED` names the score that is published: the
 * higher one of the whole set.
 */
import { z } from 'zod'
import { comesToUse } from '../code/index.js'
import { BadDataError, type BenchmarkDefinition, type JudgedProblem } from '../kernel/index.js'

const row = z.object({
  id: z.union([z.int(), z.string().min(1)]),
  raw_problem: z.string(),
  raw_solution: z.string(),
  new_problem: z.string().min(1),
  new_solution: z.string(),
  test_code: z.string().min(1),
})

type BuildsOn = ReturnType<NonNullable<BenchmarkDefinition['buildsOn']>>

export const selfInvoking = {
  source: {
    title: 'HumanEval Pro and MBPP Pro: Evaluating Large Language Models on Self-invoking Code Generation',
    year: 2024,
    link: 'https://arxiv.org/abs/2412.21199',
    system: 129,
  },
  acceptance: {
    a: 'all published references pass (the files are not on the machine that tests this)',
    b: 'the new function without the base is a NameError; one that does it all by itself passes, and is reported as not self-invoking',
    c: 'a recipe makes such problems, and rejects what does not build on the base (not built)',
    d: 'of raw and sanitised outputs the higher score counts',
  },
  licence: 'MIT',
  row,
  k: [1, 5, 10],
  limits: { cpuSeconds: 5, wallSeconds: 30, memoryMb: 2048 },
  buildsOn: ({ metadata }) => metadata.buildsOn as BuildsOn,
  higherOf: 'raw and sanitised outputs',
} satisfies Partial<BenchmarkDefinition<typeof row>>

/** Both functions are asked for in one program; the tests call the second alone. */
export function selfInvokingProblem(set: string, each: z.output<typeof row>): JudgedProblem {
  const { id, raw_problem: base, new_problem: harder, test_code: script } = each
  const reference = `${base}\n${each.raw_solution}\n\n${harder}\n${each.new_solution}\n`
  const entryPoint = [...reference.matchAll(/^def (\w+)\(/gm)].findLast(([, name]) =>
    new RegExp(`\\b${name}\\(`).test(script),
  )?.[1]
  if (!entryPoint) throw new BadDataError(`${set}: the tests of ${id} call no function of their solution`)
  return {
    problem: {
      id: `${set}/${id}`,
      language: 'python',
      kind: 'function',
      prompt: `Write a solution of the base problem and of the new problem in one program. Solve the base problem first, and use its solution to solve the new problem.\n\nBase problem:\n\`\`\`python\n${base.trim()}\n\`\`\`\n\nNew problem:\n\`\`\`python\n${harder.trim()}\n\`\`\``,
      entryPoint,
      publicTests: [],
      metadata: { buildsOn: buildsOn(`${base}\n${each.raw_solution}`, reference, entryPoint) },
    },
    suite: { kind: 'assertions', trusted: '', script, entryPoint },
    reference,
  }
}

/** The function of the base problem that the published solution comes to use: the last of them, before which helpers stand. */
function buildsOn(base: string, reference: string, caller: string): BuildsOn {
  const names = [...base.matchAll(/^def (\w+)\(/gm)].map(([, name]) => name as string)
  const callee = names.findLast((name) => comesToUse(reference, caller, name))
  return callee === undefined ? null : { caller, callee }
}
