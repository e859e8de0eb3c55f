/** How a language takes part: two sources made from what the benchmark publishes. */
import type { AssertionSuite } from '../../../kernel/index.js'

/** The files of a program, with the entry first. */
export type Files = Readonly<Record<string, string>>

export interface Beside {
  readonly files: Files
  /** How many tests come to their end before the report does: a script without tests of its own is one. */
  readonly tests: number
}

export interface Embedding {
  readonly language: string
  /** The test script with stand-ins for the functions that the prompt declares. */
  examiner(suite: AssertionSuite): Files
  /** The candidate, answering calls. */
  candidate(suite: AssertionSuite, code: string): Files
  /** The candidate and the tests in one program, for values that cannot cross; its last line of report carries `word`. */
  beside?(suite: AssertionSuite, code: string, word: string): Beside
  /** Exceptions that mean the values of the *tests* cannot cross, as the compiler or the run tells it. */
  readonly cannotCross?: RegExp
}

/** Thrown by an embedding for a prompt whose function it cannot find or whose types cannot cross. */
export class NotEmbeddable extends Error {}
