/**
 * Judges a function problem whose tests pass what cannot cross (a closure, an instance of a class of theirs): candidate and
 * tests run in one program. That it came to the end of the tests is reported with a mark read before the candidate's code
 * runs, a word that stands in this one program behind that code, and the number of tests that ended.
 *
 * Does not cover: a program that reads its own source and memory can find both, and one that changes what its tests compare
 * with can make them hold. That is why the verdict says `in-process`, and why only what the tests do can lead here.
 */
import type { Execution, Isolation, Limits, TestOutcome } from '../../../kernel/index.js'
import type { Examination } from '../../sandbox/engine.js'
import type { Sandbox } from '../../sandbox/sandbox.js'
import type { Embedding } from './embedding.js'
import { type Ended, endOf, examinationOf, lastLine } from './ending.js'
import { exceptionOf, newMark, repliesIn, textOf } from './frames.js'
import { type ReplayJob, runWith } from './replay.js'

export async function judgeBeside(
  sandbox: Sandbox,
  embedding: Embedding & Required<Pick<Embedding, 'beside'>>,
  { suite, code, limits }: ReplayJob,
): Promise<Examination & { isolation: Isolation }> {
  const [mark, word] = [newMark(), newMark()]
  const { files, tests } = embedding.beside(suite, code, word)
  if (tests === 0) throw new Error('the test script has no test, so it shows nothing')
  const execution = await runWith(sandbox, embedding.language, files, [mark], limits)
  const ended = reported(execution, repliesIn(execution, mark), `d ${word} ${tests}`, limits)
  const status = { passed: 'passed', assertion: 'failed' }[ended.ended as string] ?? 'error'
  const outcome: TestOutcome = { name: 'the test script', status: status as TestOutcome['status'] }
  return { ...examinationOf(execution, ended, [outcome]), judged: 'in-process' }
}

/** `a …` an assertion failed, `e …` an exception was nobody's, `d word count` all tests have ended. */
function reported(execution: Execution, frames: readonly string[], due: string, limits: Limits): Ended {
  const died = endOf(execution, limits)
  if (died && died.ended !== 'exception') return died
  if (died) {
    const said = frames.at(-1) ?? ''
    if (said.startsWith('a s')) return { ended: 'assertion', evidence: textOf(said.slice('a s'.length)).slice(0, 500) }
    if (/^e s\S* s\S*$/.test(said)) return { ended: 'exception', exception: exceptionOf(said) }
    // As the guests of compiled languages end where an assertion of the script failed.
    return execution.exitCode === 1 ? { ended: 'assertion', evidence: lastLine(execution.stderr) } : died
  }
  if (frames.length === 1 && frames[0] === due) return { ended: 'passed' }
  if (frames.some((frame) => frame.startsWith('d ')))
    return { ended: 'protocol', reason: 'it reported an end of the tests that had not come' }
  return { ended: 'exited', reason: "the candidate's program ended before the tests did" }
}
