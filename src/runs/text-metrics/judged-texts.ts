/**
 * The candidates of a run beside the solutions of the benchmark, as texts: what the model wrote, without what the benchmark puts
 * around it, since a prompt that both begin with would make them more alike than they are.
 */
import type { Benchmark, JudgedProblem, VerdictKind } from '../../kernel/index.js'
import { verdictKinds } from '../../kernel/index.js'
import type { RunHeader } from '../header.js'
import { KeyTable } from '../key-table.js'
import { candidatesOf } from '../reports/sources.js'
import { readVerdicts } from '../verdict-records.js'

export interface JudgedText {
  readonly judged: JudgedProblem
  readonly sample: number
  readonly kind: VerdictKind
  readonly reference: string
  readonly text: string
}

/** Candidates with a verdict that are not compared, by why. */
export interface LeftOut {
  /** The machine failed them. */
  infrastructure: number
  withoutReference: number
  tooLong: number
  /** Their program is not there any more, or changed. */
  withoutText: number
}

export interface TextSource {
  readonly dir: string
  readonly header: RunHeader
  readonly benchmark: Benchmark
  readonly problems: ReadonlyMap<string, JudgedProblem>
}

/** In characters: a longer one is no program that somebody would compare, and comparing takes the square of it. */
const longest = 64 * 1024

/** Yields what can be compared; a sentence for the reader, as a string, where something is not there. Counts into `left`. */
export async function* judgedTexts(source: TextSource, left: LeftOut): AsyncGenerator<JudgedText | string> {
  const { dir, header, benchmark, problems } = source
  const kinds = new KeyTable()
  const counts = { judged: 0, found: 0 }
  for await (const { key, problemId, verdict } of readVerdicts(dir)) {
    if (!problems.has(problemId)) continue
    if (kinds.get(key) === undefined) counts.judged++
    kinds.set(key, verdictKinds.indexOf(verdict.kind))
  }
  for await (const one of candidatesOf(dir, header, benchmark, problems)) {
    if (typeof one === 'string') {
      yield one
      continue
    }
    const { candidate, sample, keys } = one
    const index = [...keys].map((key) => kinds.get(key)).find((kind) => kind !== undefined)
    const kind = index === undefined ? undefined : verdictKinds[index]
    if (!kind) continue
    counts.found++
    const judged = problems.get(candidate.problemId) as JudgedProblem
    if (kind === 'infrastructure') left.infrastructure++
    else if (judged.reference === undefined) left.withoutReference++
    else if (Math.max(judged.reference.length, candidate.code.length) > longest) left.tooLong++
    else yield { judged, sample, kind, ...unframed(benchmark, judged, judged.reference, candidate.code) }
  }
  left.withoutText += Math.max(0, counts.judged - counts.found)
}

/** Without what `complete` puts around every completion, where both programs have it. */
function unframed(benchmark: Benchmark, { problem }: JudgedProblem, reference: string, text: string) {
  const hole = 'cupelTakesThisForTheCompletion'
  const [head, tail, ...more] = benchmark.complete?.(problem, hole).split(hole) ?? []
  const whole = { reference, text }
  if (head === undefined || tail === undefined || more.length > 0) return whole
  const framed = (program: string) =>
    program.length >= head.length + tail.length && program.startsWith(head) && program.endsWith(tail)
  if (!framed(reference) || !framed(text)) return whole
  const inside = (program: string) => program.slice(head.length, program.length - tail.length)
  return { reference: inside(reference), text: inside(text) }
}
