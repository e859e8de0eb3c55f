import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { verdictKinds } from '../../../kernel/verdict.js'

interface ProblemRow {
  readonly task_id: string
  readonly language: string
  readonly kind: 'function' | 'stdio'
  readonly prompt: string
  readonly entry_point?: string
  readonly starter_code?: string
  readonly public_tests: readonly { readonly kind: string }[]
  readonly test?: string
  readonly cases?: readonly { readonly stdin: string; readonly stdout: string }[]
  readonly checker?: { readonly kind: string }
  readonly canonical_solution: string
  readonly tags: readonly string[]
}

interface CandidateRow {
  readonly task_id: string
  readonly completion: string
  readonly finish: string
  readonly expect: string
  readonly teaches: string
}

function rows<T>(file: string): T[] {
  const text = readFileSync(new URL(`./${file}`, import.meta.url), 'utf8')
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T)
}

const problems = rows<ProblemRow>('problems.jsonl')
const candidates = rows<CandidateRow>('candidates.jsonl')

describe('first-assay', () => {
  it.each([
    ['python', 8],
    ['javascript', 5],
    ['typescript', 2],
    ['c', 3],
    ['bash', 3],
    ['perl', 3],
    ['sql', 2],
    ['lua', 2],
  ] as const)('has enough problems in %s', (language, fewest) => {
    expect(problems.filter((problem) => problem.language === language).length).toBeGreaterThanOrEqual(fewest)
  })

  it('gives every problem a unique name, tests of its kind and a solution', () => {
    expect(new Set(problems.map((problem) => problem.task_id)).size).toBe(problems.length)
    for (const problem of problems) {
      expect(problem.task_id.startsWith(`assay/${problem.language}/`), problem.task_id).toBe(true)
      expect(problem.canonical_solution.length, problem.task_id).toBeGreaterThan(20)
      expect(problem.tags.length, problem.task_id).toBeGreaterThan(1)
      if (problem.kind === 'function') {
        expect(problem.test, problem.task_id).toMatch(/assert/)
        expect(problem.canonical_solution, problem.task_id).toContain(problem.entry_point ?? 'no entry point')
        expect(problem.prompt, problem.task_id).toContain(`${problem.entry_point}(`)
      } else {
        expect(problem.cases?.length, problem.task_id).toBeGreaterThan(0)
        expect(problem.checker?.kind, problem.task_id).toMatch(/^(exact|lines|tokens|floats|set)$/)
      }
    }
  })

  it('records three to five replies for every problem, one of them right', () => {
    for (const problem of problems) {
      const replies = candidates.filter((candidate) => candidate.task_id === problem.task_id)
      expect(replies.length, problem.task_id).toBeGreaterThanOrEqual(3)
      expect(replies.length, problem.task_id).toBeLessThanOrEqual(5)
      expect(
        replies.some((reply) => reply.expect === 'passed'),
        problem.task_id,
      ).toBe(true)
      if (problem.language === 'sql') expect(problem.starter_code, problem.task_id).toMatch(/^DROP TABLE IF EXISTS/)
    }
    expect(candidates.filter((candidate) => !problems.some((p) => p.task_id === candidate.task_id))).toEqual([])
  })

  it('shows every verdict but infrastructure, and few time limits', () => {
    const seen = new Set(candidates.map((candidate) => candidate.expect))
    expect([...seen].sort()).toEqual(verdictKinds.filter((kind) => kind !== 'infrastructure').toSorted())
    expect(candidates.filter((candidate) => candidate.expect === 'time-limit').length).toBeLessThanOrEqual(6)
  })

  it('agrees with the finish reason where that decides', () => {
    for (const { finish, expect: kind, teaches } of candidates) {
      expect(teaches.length).toBeGreaterThan(10)
      if (kind === 'refused') expect(finish).toBe('refusal')
      else if (kind === 'truncated') expect(finish).toBe('length')
      else expect(['stop', 'length']).toContain(finish)
    }
  })
})
