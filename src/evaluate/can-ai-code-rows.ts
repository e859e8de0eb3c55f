/**
 * can-ai-code's interviews: what a function is asked for and checks on it, in words that its harness has Python evaluate.
 * Here a check on what the function is called is read from the program, and the checks on what calls give are a script of
 * tests: one call of each kind, one test for each point that its value is worth.
 */
import { z } from 'zod'
import { BadDataError, type AssertionSuite, type DeclarationCheck, type JudgedProblem } from '../kernel/index.js'
import { type ValueCheck, javascriptChecks, pythonChecks } from './can-ai-code-scripts.js'

const check = z.object({
  assert: z.string(),
  eq: z.json().optional(),
  'eq-any': z.array(z.json()).min(1).optional(),
  weight: z.int().min(1).max(100).optional(),
})

export const interviewRow = z.object({
  name: z.string().min(1),
  language: z.enum(['python', 'javascript']),
  Signature: z.string(),
  Input: z.string(),
  Output: z.string(),
  Fact: z.string().optional(),
  Description: z.string(),
  checks: z.array(check),
})
export type InterviewRow = z.output<typeof interviewRow>
export type Check = z.output<typeof check>

/** What a check is about: something declared, or what is made of the value of a call. */
export type Asked =
  | { readonly kind: 'declared'; readonly check: DeclarationCheck }
  | { readonly kind: 'call'; readonly call: ValueCheck }

/** Numbers, texts, lists and objects: nothing that runs anything. */
const literal = /^(?:\s|[[\]{},:]|-?\d+(?:\.\d+)?|"(?:[^"\\\n]|\\["\\])*"|'(?:[^'\\\n]|\\['\\])*')*$/

/** Throws BadDataError for a check in other words. */
export function asked(check: Check, where: string): Asked {
  const { assert, eq, 'eq-any': any, weight = 1 } = check
  const parameter = /^f\.args\[(\d+)\]\.name$/.exec(assert)?.[1]
  if (assert === 'f.name' && typeof eq === 'string') return { kind: 'declared', check: { of: 'name', equals: eq } }
  if (assert === 'len(f.args)' && typeof eq === 'number')
    return { kind: 'declared', check: { of: 'parameters', equals: eq } }
  if (parameter !== undefined && typeof eq === 'string')
    return { kind: 'declared', check: { of: 'parameter', index: Number(parameter), equals: eq } }
  const found =
    /^(?:isinstance\(f\.call\((?<typed>[\s\S]*)\), ?(?<type>int|list)\)|f\.call\((?<args>[\s\S]*?)\)(?:\[(?<item>\d+)\]|\.get\('(?<entry>[^'\\\n]*)'\))?)$/.exec(
      assert,
    )?.groups
  const args = found?.typed ?? found?.args
  if (!found || args === undefined || !literal.test(args) || (eq === undefined && !any))
    throw new BadDataError(`${where}: the check ${JSON.stringify(assert)} is in words that are not known here`)
  const { type, item, entry } = found
  const take = item === undefined ? (entry === undefined ? null : { entry }) : { item: Number(item) }
  return { kind: 'call', call: { args, take, type: (type as 'int' | 'list') ?? null, expected: any ?? [eq], weight } }
}

/** The name that the tests call the function by, whatever the program calls it. */
const entryPoint = 'first_function'

export const interviewLimits = { cpuSeconds: 5, wallSeconds: 20, memoryMb: 512, outputBytes: 4 << 20 }

/** Names of the tests that tell how many points the check with this number has. */
export function pointTests(number: number, weight: number): string[] {
  return Array.from({ length: weight }, (_, i) => `test_${number}_${i + 1}`)
}

export function interviewSuite(language: 'python' | 'javascript', checks: readonly Asked[]): AssertionSuite {
  const calls = checks.flatMap((one, number) => (one.kind === 'call' ? [{ number, ...one.call }] : []))
  return {
    kind: 'assertions',
    trusted: '',
    script: (language === 'python' ? pythonChecks : javascriptChecks)(entryPoint, calls),
    entryPoint,
    declares: checks.flatMap((one) => (one.kind === 'declared' ? [one.check] : [])),
    // node as in the published harness, and the same value of each call for all tests of it
    ...(language === 'javascript' ? { mode: 'replay' as const } : {}),
  }
}

/** What the published harness imports in front of a Python program. */
const preamble = 'import math\nimport types'

export function interviewProblem(row: InterviewRow): JudgedProblem {
  const id = `${row.name}/${row.language}`
  const { Description: description, Fact: fact } = row
  const checks = row.checks.map((check) => asked(check, `can-ai-code ${id}`))
  return {
    problem: {
      id,
      language: row.language,
      kind: 'function',
      prompt: `Write a ${row.language} function ${row.Signature} ${row.Input} that returns ${row.Output}`,
      publicTests: [],
      ...(row.language === 'python' ? { preamble } : {}),
      metadata: {
        description,
        ...(fact === undefined ? {} : { fact }),
        tags: [row.language],
        weights: row.checks.map(({ weight = 1 }) => weight),
      },
    },
    suite: interviewSuite(row.language, checks),
  }
}
