/**
 * Beginnings with one bug, made as those of Buggy-HumanEval are: one operator of a right solution is turned into its opposite
 * so that the tests fail, and the program is cut after a line that comes behind it.
 * Not covered: that nothing added to the beginning can mend it. Often something can, which is what is asked of a model.
 */
import { operatorFlips } from '../code/index.js'
import type { Judge } from '../execute/index.js'
import { BadDataError, type JudgedProblem, type Limits } from '../kernel/index.js'

export interface BuggyBeginning {
  readonly problemId: string
  /** 1-based line of the reference, with the operator and what stands in its place. */
  readonly line: number
  readonly before: string
  readonly after: string
  readonly clean: string
  /** `clean` but for the operator. */
  readonly buggy: string
  /** What completes `clean`, and makes `buggy` fail. */
  readonly rest: string
}

export interface BuggyBeginnings {
  readonly beginnings: readonly BuggyBeginning[]
  /** Changed programs that the machine could not judge: of these nothing was made. */
  readonly unjudged: number
}

/**
 * Of a problem whose reference begins with its prompt; what the prompt says is left alone. Throws BadDataError for one without
 * such a reference, or whose reference does not pass.
 */
export async function buggyBeginnings(
  judged: JudgedProblem,
  judge: Pick<Judge, 'judge'>,
  limits?: Partial<Limits>,
): Promise<BuggyBeginnings> {
  const { problem, reference } = judged
  const { id, prompt, language } = problem
  if (!reference?.startsWith(prompt)) throw new BadDataError(`${id} has no solution that goes on from its prompt`)
  const read = operatorFlips(reference, language, prompt.length)
  if ('unreadable' in read) throw new BadDataError(`the solution of ${id} cannot be read: ${read.unreadable}`)
  const own = await judge.judge(judged, { code: reference }, limits)
  if (own.kind !== 'passed') throw new BadDataError(`the solution of ${id} does not pass (${own.kind})`)
  const beginnings: BuggyBeginning[] = []
  let unjudged = 0
  for (const { code, start, line, before, after } of read.flips) {
    const { kind } = await judge.judge(judged, { code }, limits)
    if (kind === 'infrastructure') unjudged++
    // What passes all the same is no bug; what does not compile is none that a program can have by accident.
    if (kind === 'infrastructure' || kind === 'passed' || kind === 'compile-error') continue
    for (const end of cuts(reference, start)) {
      const clean = reference.slice(0, end)
      const buggy = clean.slice(0, start) + after + clean.slice(start + before.length)
      beginnings.push({ problemId: id, line, before, after, clean, buggy, rest: reference.slice(end) })
    }
  }
  return { beginnings, unjudged }
}

/** Behind each line that is not blank, from the one of this place to the last but one. */
function* cuts(source: string, place: number): Generator<number> {
  for (let end = source.indexOf('\n', place); end >= 0; end = source.indexOf('\n', end + 1)) {
    if (source.slice(end).trim() === '') return
    if (source.slice(source.lastIndexOf('\n', end - 1) + 1, end).trim() !== '') yield end
  }
}
