/** Checkers: whether a program's output is an answer. They run here or in the sandbox, never beside the program. */
import { type Checker, type Execution, limitsFrom, type StdioCase } from '../../kernel/index.js'
import { answerDifference } from './answer.js'
import { near } from './numbers.js'
import { overrun } from './overrun.js'
import { quote } from './quote.js'
import { findLanguage } from '../language.js'
import { sameDecimals } from './decimals.js'
import type { Sandbox } from '../sandbox/sandbox.js'

export interface Checked {
  /** `broken`: the checker itself failed, which is nobody's answer being wrong. */
  readonly verdict: 'accepted' | 'wrong' | 'broken'
  readonly message: string
}

export async function checkOutput(
  checker: Checker,
  test: StdioCase,
  output: string,
  sandbox: Sandbox,
): Promise<Checked> {
  if (checker.kind === 'program') return runChecker(checker, test, output, sandbox)
  if (checker.kind === 'answer') {
    const wrong = answerDifference(lastLine(test.stdout), lastLine(output), checker.comparison)
    if (!wrong) return { verdict: 'accepted', message: '' }
    return { verdict: wrong.ours ? 'broken' : 'wrong', message: wrong.words }
  }
  const wrong = compare(checker, test.stdout, output)
  if (wrong === null || test.alternatives?.some((other) => compare(checker, other, output) === null))
    return { verdict: 'accepted', message: '' }
  const others = test.alternatives?.length ? ` (nor is it one of ${test.alternatives.length} other outputs)` : ''
  return { verdict: 'wrong', message: wrong + others }
}

/** null if accepted, else the first difference in words. */
export function compare(
  checker: Exclude<Checker, { kind: 'program' | 'answer' }>,
  expected: string,
  output: string,
): string | null {
  switch (checker.kind) {
    case 'exact':
      return output === expected ? null : difference(expected, output)
    case 'lines':
      return firstDifference(trimmedLines(expected), trimmedLines(output), 'line', Object.is)
    case 'tokens':
      return firstDifference(tokens(expected), tokens(output), 'token', Object.is)
    case 'floats':
      return firstDifference(tokens(expected), tokens(output), 'token', (a, b) => sameToken(a, b, checker))
    case 'decimals':
      return firstDifference(strippedLines(expected), strippedLines(output), 'line', sameDecimals)
    case 'set':
      return firstDifference(trimmedLines(expected).sort(), trimmedLines(output).sort(), 'line (sorted)', Object.is)
  }
}

function lastLine(text: string): string {
  return trimmedLines(text).at(-1) ?? ''
}

function trimmedLines(text: string): string[] {
  const lines = text.split('\n').map((line) => line.trimEnd())
  while (lines.at(-1) === '') lines.pop()
  return lines
}

/** Also of what is empty there is one line. */
function strippedLines(text: string): string[] {
  return text
    .trim()
    .split('\n')
    .map((line) => line.trim())
}

function tokens(text: string): string[] {
  return text.split(/\s+/).filter((token) => token !== '')
}

function sameToken(expected: string, got: string, checker: Extract<Checker, { kind: 'floats' }>): boolean {
  const { absolute, relative, exactIntegers, ignoreCase } = checker
  if (exactIntegers && /^[+-]?\d+$/.test(expected)) return sameDecimals(expected, got)
  if (near(expected, got, absolute, relative)) return true
  if (!ignoreCase || expected.toLowerCase() !== got.toLowerCase()) return false
  return ignoreCase === 'all' || /^(yes|no|true|false)$/i.test(expected)
}

function firstDifference(
  expected: readonly string[],
  got: readonly string[],
  what: string,
  same: (expected: string, got: string) => boolean,
): string | null {
  for (let i = 0; i < Math.max(expected.length, got.length); i++) {
    const [a, b] = [expected[i], got[i]]
    if (a !== undefined && b !== undefined && same(a, b)) continue
    return `${what} ${i + 1}: expected ${a === undefined ? 'the end' : quote(a)}, got ${b === undefined ? 'the end' : quote(b)}`
  }
  return null
}

function difference(expected: string, got: string): string {
  let at = 0
  while (at < expected.length && expected[at] === got[at]) at++
  return `from character ${at + 1}: expected ${quote(expected.slice(at))}, got ${quote(got.slice(at))}`
}

/** A checker program by testlib's convention: arguments input, output, answer; exit 0 accepted, 1 wrong, 2 presentation. */
async function runChecker(
  checker: Extract<Checker, { kind: 'program' }>,
  test: StdioCase,
  output: string,
  sandbox: Sandbox,
): Promise<Checked> {
  const done = await ranChecker(checker, test, output, sandbox)
  const message = (done.stderr || done.stdout).trim().slice(0, 500)
  if (done.exitCode === 0) return { verdict: 'accepted', message }
  if (done.exitCode === 1 || done.exitCode === 2)
    return { verdict: 'wrong', message: message || 'the checker refused the output' }
  const ended = `the checker ended with ${done.reason ?? done.outcome}: ${message}`
  // One that cannot read the output, but the answer, was broken by the output.
  const byOutput = brokenByOutput(done) && (await ranChecker(checker, test, test.stdout, sandbox)).exitCode === 0
  return { verdict: byOutput ? 'wrong' : 'broken', message: ended }
}

/** Not where it says itself that the answer is at fault (3), and not where it only had to wait. */
function brokenByOutput({ outcome, exitCode, cpuMs }: Execution): boolean {
  if (outcome === 'infrastructure' || outcome === 'compile-error' || exitCode === 3) return false
  return outcome !== 'time-limit' || overrun(cpuMs, limitsFrom({})) === 'cpu'
}

function ranChecker(
  checker: Extract<Checker, { kind: 'program' }>,
  test: StdioCase,
  output: string,
  sandbox: Sandbox,
): Promise<Execution> {
  const language = findLanguage(checker.language)
  const files = {
    [language.file]: checker.source,
    'input.txt': test.stdin,
    'output.txt': output,
    'answer.txt': test.stdout,
  }
  const args = ['input.txt', 'output.txt', 'answer.txt']
  return sandbox.run({ language: language.name, files, entry: language.file, args })
}
