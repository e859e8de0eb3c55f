/**
 * What a benchmark's page says of its problems: how many, in which languages, how many tests each. Counted from the data by
 * scripts/problem-facts.mjs; a benchmark whose files were not there has none.
 */
import { readFileSync } from 'node:fs'
import type { JudgedProblem, TestSuite } from '../kernel/index.js'

export interface ProblemFacts {
  readonly problems: number
  /** Problems in each language. */
  readonly languages: Readonly<Record<string, number>>
  /** Per problem. A test is a case, or a call of the function that a script writes. */
  readonly tests: { readonly least: number; readonly median: number; readonly most: number }
}

let all: Readonly<Record<string, ProblemFacts>> | undefined

/** Those that were counted. */
export function problemFacts(benchmark: string): ProblemFacts | undefined {
  all ??= JSON.parse(readFileSync(new URL('problem-facts.json', import.meta.url), 'utf8')) as NonNullable<typeof all>
  return all[benchmark]
}

export function countedFacts(problems: Iterable<JudgedProblem>): ProblemFacts {
  const languages: Record<string, number> = {}
  const counts: number[] = []
  for (const { problem, suite } of problems) {
    languages[problem.language] = (languages[problem.language] ?? 0) + 1
    counts.push(testsIn(suite))
  }
  counts.sort((a, b) => a - b)
  const at = (share: number) => counts[Math.floor(share * (counts.length - 1))] ?? 0
  return { problems: counts.length, languages, tests: { least: at(0), median: at(0.5), most: at(1) } }
}

function testsIn(suite: TestSuite): number {
  switch (suite.kind) {
    case 'assertions':
      return callsIn(suite.script, suite.entryPoint)
    case 'stdio':
      return suite.cases.length
    case 'calls':
      return suite.inputs.reduce((sum, { json }) => sum + itemsIn(json), 0)
    case 'repository':
      return new Set([...suite.failToPass, ...suite.passToPass]).size
    default:
      return 1
  }
}

/** Methods of test classes, or else calls; a script without either is one test. */
function callsIn(script: string, entryPoint: string): number {
  const methods = script.match(/^[ \t]*(?:async )?def test_?\w*\(/gm)?.length ?? 0
  if (methods > 0) return methods
  const name = entryPoint.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return Math.max(1, script.match(new RegExp(`(?<![\\w$])(?:${name}|candidate)\\s*\\(`, 'g'))?.length ?? 0)
}

/** Items of the outer array: Python's JSON has numbers that JavaScript's has not. */
function itemsIn(json: string): number {
  let depth = 0
  let items = 0
  for (const [part] of json.matchAll(/"(?:\\.|[^"\\])*"|[[\]{}]/g)) {
    if (part === '[' || part === '{') {
      if (++depth === 2) items++
    } else if (part === ']' || part === '}') depth--
  }
  return items
}
