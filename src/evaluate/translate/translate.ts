/**
 * A Python function problem as one of another language, in the shape of MBXP (Athiwaratkun et al. 2023, arXiv 2210.14868): the
 * types are those of the values in the tests, which are found by running the benchmark's own solution under them.
 *
 * What is due is what that solution gives, floats to a millionth. Problems whose tests look at more (exceptions, changed
 * arguments, objects) have no counterpart, and the reason is said.
 */
import type { Sandbox } from '../../execute/index.js'
import type { JudgedProblem } from '../../kernel/index.js'
import type { mxevalRow } from '../mxeval-rows.js'
import type { z } from 'zod'
import { Untranslatable, recorded } from './cases.js'
import { java } from './java.js'
import type { Target, Task } from './target.js'
import { javascript, typescript } from './typescript.js'
import { typeOf } from './values.js'

export { Untranslatable } from './cases.js'

export const targets: ReadonlyMap<string, Target> = new Map(
  [java, javascript, typescript].map((one) => [one.language, one]),
)

export interface TranslatedRow extends Omit<z.output<typeof mxevalRow>, 'canonical_solution'> {
  readonly description: string
  readonly canonical_solution: null
}

/** Throws Untranslatable. */
export async function translated(sandbox: Sandbox, judged: JudgedProblem, target: Target): Promise<TranslatedRow> {
  const task = await taskOf(sandbox, judged)
  return {
    task_id: judged.problem.id,
    language: target.language,
    prompt: target.prompt(task),
    entry_point: target.entryPoint(task),
    test: target.test(task),
    description: task.text,
    canonical_solution: null,
  }
}

async function taskOf(sandbox: Sandbox, judged: JudgedProblem): Promise<Task> {
  const { suite, problem } = judged
  if (problem.language !== 'python' || suite.kind !== 'assertions')
    throw new Untranslatable('it is no Python function with a script of assertions')
  const { parameters, text, examples, cases } = await recorded(sandbox, judged)
  const all = [...cases, ...examples]
  return {
    name: suite.entryPoint,
    text,
    parameters: parameters.map((name, i) => ({ name, type: typeOf(all.flatMap(({ args }) => args[i] ?? [])) })),
    result: typeOf(all.map(({ result }) => result)),
    examples,
    cases,
  }
}
