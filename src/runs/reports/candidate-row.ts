/** One verdict as a row of a report. What a line of the file holds beyond its kind was not checked by anybody yet. */
import type { Candidate, CandidateOrigin, Isolation, Verdict } from '../../kernel/index.js'
import type { CandidateRow } from './gathered.js'
import { clip } from './text.js'

/** Characters kept of a program and of its evidence. */
export const longestText = 64 * 1024
const longestDetail = 4096
const shownTests = 5

export function candidateRow(problemId: string, sample: number, verdict: Verdict): CandidateRow {
  const tests = Array.isArray(verdict.tests) ? verdict.tests : []
  const failed = tests.filter((test) => test?.status !== 'passed')
  return {
    problemId,
    sample,
    kind: verdict.kind,
    detail: clip(detailOf(verdict), longestDetail).text,
    judged: typeof verdict.judged === 'string' ? verdict.judged : null,
    tests: {
      total: tests.length,
      passed: tests.length - failed.length,
      failed: failed.slice(0, shownTests).map((test) => clip(`${text(test?.name)}: ${text(test?.status)}`, 200).text),
    },
    cpuMs: amount(verdict.cpuMs),
    wallMs: amount(verdict.wallMs),
    peakBytes: amount(verdict.peakBytes),
    isolation: isolationOf(verdict.isolation),
    evidence: clip(text(verdict.evidence), longestText),
    code: null,
    origin: {},
  }
}

/** How the candidate came about, without the sample number, which the row has. */
export function originOf({ origin: { method, model, how } }: Candidate): CandidateOrigin {
  return {
    ...(typeof method === 'string' ? { method } : {}),
    ...(typeof model === 'string' ? { model } : {}),
    ...(typeof how === 'string' ? { how } : {}),
  }
}

function detailOf(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'runtime-error':
    case 'compile-error': {
      const { type, message, line } = verdict.exception ?? {}
      const what = [text(type), text(message)].filter((part) => part !== '').join(': ')
      return line === undefined ? what : `line ${line}: ${what}`
    }
    case 'time-limit':
      return verdict.limit === 'wall' ? 'wall-clock time' : 'CPU time'
    case 'cheated':
      return text(verdict.how)
    case 'infrastructure':
      return text(verdict.reason)
    default:
      return ''
  }
}

function isolationOf(isolation: Isolation | undefined): string {
  if (!isolation) return ''
  const { level, tier, server } = isolation
  return [text(level), text(tier), ...(server ? [`at ${text(server)}`] : [])].join(' ')
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

const amount = (value: unknown): number =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : 0
