/**
 * Lets a parser of ours read hostile text in Cupel's own process for some seconds at most. There are texts of a hundred
 * characters that TypeScript's parser would read for years, and nested ones that end its stack.
 *
 * Does not cover: the process stands still as long as the parser reads.
 */
import { createContext, runInContext } from 'node:vm'

const longestMs = 5000
const surroundings: { work?: () => unknown } = {}
const context = createContext(surroundings)

/** The text is no syntax error, but no parser gets to its end. */
export class UnreadableText extends Error {}

/** What `work` gives; throws UnreadableText if it takes too long or too much stack. */
export function bounded<T>(work: () => T): T {
  surroundings.work = work
  try {
    return runInContext('work()', context, { timeout: longestMs }) as T
  } catch (error) {
    if (error instanceof RangeError) throw new UnreadableText('the source is nested too deeply to be read')
    if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT')
      throw new UnreadableText(`the source could not be read within ${longestMs / 1000} seconds`)
    throw error
  } finally {
    delete surroundings.work
  }
}
