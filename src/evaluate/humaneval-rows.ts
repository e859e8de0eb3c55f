/** Rows in HumanEval's published shape, which other sets share. */
import { z } from 'zod'
import type { JudgedProblem } from '../kernel/index.js'

export const humanEvalRow = z.object({
  task_id: z.string().min(1),
  prompt: z.string(),
  entry_point: z.string().min(1),
  canonical_solution: z.string().optional(),
  test: z.string(),
})

/** The tests may use what the prompt defines (`poly` in HumanEval/32): they take it from the prompt, not from the candidate. */
export function humanEvalProblem(row: z.output<typeof humanEvalRow>): JudgedProblem {
  const { task_id: id, prompt, entry_point: entryPoint, test: script, canonical_solution: solution } = row
  return {
    problem: { id, language: 'python', kind: 'function', prompt, entryPoint, publicTests: [], metadata: {} },
    suite: { kind: 'assertions', trusted: prompt, script, entryPoint },
    ...(solution === undefined ? {} : { reference: prompt + solution }),
  }
}
