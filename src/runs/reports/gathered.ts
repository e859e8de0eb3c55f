/** What a report is written from: one plain object, the same for every format and for `--json`. */
import type { FailureLabel, HallucinationTable } from '../../evaluate/index.js'
import type { CandidateOrigin, Interval, Isolation, Judged, VerdictKind } from '../../kernel/index.js'
import type { PassTable } from '../figures.js'
import type { TextFigures } from '../text-metrics/figures.js'
import type { Clipped } from './text.js'

export interface Gathered {
  readonly schema: 1
  readonly benchmark: string
  /** Folder of the run, as it was named. */
  readonly out: string
  readonly run: {
    readonly cupel: string
    readonly command: readonly string[]
    readonly started: string
    /** How often it was started or resumed. */
    readonly sessions: number
    readonly options: Readonly<Record<string, unknown>>
    readonly isolations: Readonly<Record<string, Isolation>>
    /** Of the last session; null while it has not ended. */
    readonly seconds: number | null
    readonly executions: number | null
  }
  /** False while the run has not come to its end: it goes on, or was stopped. */
  readonly finished: boolean
  /** Something is missing: not finished, candidates the machine failed, lines not read, problems without candidates. */
  readonly incomplete: boolean
  /** What a reader must know about the figures, one sentence each. */
  readonly remarks: readonly string[]
  readonly counts: Counts
  readonly verdicts: Readonly<Partial<Record<VerdictKind, number>>>
  /** Kinds of failure after CodeHalu. */
  readonly failures: HallucinationTable
  /** What the benchmark reports. */
  readonly passAtK: PassTable
  /** pass@k of a part of the tests alone, where the benchmark has such parts. */
  readonly parts?: Readonly<Record<string, PassTable>>
  /** pass@k for k from 1 to the number of samples, not for every k where there are many. */
  readonly curve: readonly CurvePoint[]
  /** pass@k of the method's own ranking, from the summary of the run. */
  readonly ranked?: Readonly<Record<string, Interval>>
  /** BLEU and CodeBLEU by language, where programs are only compared (CONCODE). */
  readonly texts?: Readonly<Record<string, TextFigures>>
  readonly groups: readonly Grouping[]
  /** Where problems are versions of others (ReCode). */
  readonly robust?: readonly RobustRow[]
  /** Where several problems are made from one task (Buggy-HumanEval): the mean of each task first. */
  readonly tasks?: readonly TaskRow[]
  /** Candidates that use the function that they are to build on (HumanEval Pro), of those whose program is known. */
  readonly buildingOn?: { readonly passed: BuildingOn; readonly others: BuildingOn }
  /** Acc@k, by k, where solutions use names that are known (CoderEval). */
  readonly contextAtK?: Readonly<Record<string, ContextFigures>>
  readonly problems: readonly ProblemRow[]
  readonly candidates: readonly CandidateRow[]
  /** Without a verdict: candidates that were not judged yet, and problems (`sample` null) for which there is none. */
  readonly missing: readonly { readonly problemId: string; readonly sample: number | null }[]
  /** Lines of the sample file that are no samples. */
  readonly lines: readonly { readonly line: number; readonly reason: string }[]
  /** Recorded candidates whose verdict is not the one their author expects. */
  readonly unexpected?: readonly {
    readonly problemId: string
    readonly sample: number
    readonly expect: VerdictKind
    readonly verdict: VerdictKind
  }[]
}

export interface Counts {
  /** With at least one candidate. */
  readonly problems: number
  readonly candidates: number
  /** Verdicts about candidates: the denominator of every share. */
  readonly judged: number
  readonly passed: number
  /** Candidates the machine could not judge: in no denominator. */
  readonly infrastructure: number
  readonly inProcess: number
  /** Candidates without a verdict so far. */
  readonly waiting: number
  /** Problems without a candidate; null where the benchmark's data is not there. */
  readonly problemsWithout: number | null
  readonly unreadableLines: number
}

/** ReCode's robust metrics of one comparison: the worst of all versions of a problem decides. */
export interface RobustRow {
  readonly comparison: string
  readonly k: number
  /** Problems with k samples in all their versions. */
  readonly problems: number
  /** Versions of a problem: of the one with fewest, and with most. */
  readonly versions: readonly [number, number]
  /** pass@k before the change; null where that was not sampled. */
  readonly before: Interval | null
  /** Robust Pass_s@k. */
  readonly pass: Interval
  /** Robust Drop_s@k, a share. */
  readonly drop: number | null
  /** Robust Relative_s@k. */
  readonly relative: Interval | null
}

/** pass@k of the problems of one kind, with the mean of each task first. */
export interface TaskRow {
  readonly kind: string
  readonly k: number
  readonly tasks: number
  readonly problems: number
  readonly pass: Interval
}

export interface BuildingOn {
  readonly using: number
  readonly not: number
  /** Their text does not tell. */
  readonly unknown: number
}

/** Of the candidates whose program is known. */
export interface ContextFigures {
  /** One of k samples has all names that the solution uses. */
  readonly all: Interval
  /** The share of these names that k samples have between them. */
  readonly each: Interval
  /** With names, and with k samples: the denominator. */
  readonly problems: number
}

export interface CurvePoint extends Interval {
  readonly k: number
  /** Problems with k samples: the denominator. */
  readonly problems: number
}

/** pass@k by a field of the problems' metadata. */
export interface Grouping {
  readonly field: string
  readonly kind: 'category' | 'window'
  readonly groups: readonly Group[]
  /** Groups that are not listed, because there are too many. */
  readonly leftOut: number
  /** Problems without the field. */
  readonly problemsWithout: number
}

export interface Group {
  readonly name: string
  /** With at least one verdict about a candidate: the denominator. */
  readonly problems: number
  readonly judged: number
  readonly passed: number
  readonly infrastructure: number
  /** Mean over problems of the share that passed: pass@1. Null where no candidate could be judged. */
  readonly pass: Interval | null
  /** pass@k of the group alone, for each k above 1 that the benchmark reports and that its samples allow. */
  readonly passAtK: PassTable
}

export interface ProblemRow {
  readonly problemId: string
  readonly language: string | null
  readonly judged: number
  readonly passed: number
  readonly infrastructure: number
}

export interface CandidateRow {
  readonly problemId: string
  readonly sample: number
  readonly kind: VerdictKind
  /** What the verdict says beyond its kind: the exception, the limit, how it cheated, what the machine did. */
  readonly detail: string
  /** After CodeHalu; null where nothing is said about the program. */
  readonly failure: FailureLabel | null
  readonly expect?: VerdictKind
  readonly judged: Judged | null
  readonly tests: {
    readonly total: number
    readonly passed: number
    /** The first few that did not pass: `name: status`. */
    readonly failed: readonly string[]
  }
  readonly cpuMs: number
  readonly wallMs: number
  readonly peakBytes: number
  readonly isolation: string
  readonly evidence: Clipped
  /** Null where it is not known (any more). */
  readonly code: Clipped | null
  /** Whether it uses the function that it is to build on; null where its text does not tell. */
  readonly buildsOn?: boolean | null
  readonly origin: CandidateOrigin
}
