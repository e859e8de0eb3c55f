/** What a method sees of the world: ask, run, note, budget, random. Never the hidden tests. */
import type { Budget } from './budget.js'
import type { Completion } from './model.js'
import type { Candidate, Problem } from './problem.js'
import type { Execution, Limits } from './program.js'
import type { Random } from './random.js'

/** What a reader makes of a reply; null drops it (and is counted in the run's notes). */
export type Reader<T> = (completion: Completion, problem: Problem) => T | null

export interface Prompt {
  /** Name of the prompt file, for the record. */
  readonly name: string
  /** sha-256 of the template. */
  readonly hash: string
  readonly system?: string
  /** A chat message, or code to continue when the model is used for completion. */
  readonly text: string
  readonly kind: 'chat' | 'completion'
}

export interface AskOptions<T> {
  readonly n?: number
  readonly temperature?: number
  readonly topP?: number
  readonly maxTokens?: number
  readonly stop?: readonly string[]
  readonly read: Reader<T>
}

export interface MethodContext {
  /** Samples the model and reads each reply. Stops the method when the budget is used up. */
  ask<T>(prompt: Prompt, options: AskOptions<T>): Promise<T[]>
  /** Runs a program with the problem's public tests, or as it is when it has none. */
  run(code: string, options?: { readonly stdin?: string; readonly limits?: Partial<Limits> }): Promise<Execution>
  /**
   * Runs every program against every test (assertions the model wrote).
   * Returns `passes[program][test]`; a crash, an exception or a limit is `false`.
   */
  runAll(
    programs: readonly string[],
    tests: readonly string[],
    options: { readonly cpuSeconds: number },
  ): Promise<boolean[][]>
  /** Which of the sources the language's own compiler accepts. */
  compiles(sources: readonly string[]): Promise<boolean[]>
  /** Hands in candidates, best first; those with equal scores are ties. Everything handed in so far is the answer if the budget ends. */
  propose(
    candidates: string | readonly string[],
    options?: { readonly score?: number; readonly how?: string; readonly missing?: Candidate['missing'] },
  ): void
  /** Scores every copy of a program that was proposed before; the higher the better. */
  score(code: string, score: number): void
  note(note: Readonly<Record<string, unknown>>): void
  readonly budget: Budget
  readonly random: Random
}
