/**
 * What files of other tools hold, in this project's words. Each format reads its files into these shapes and writes them
 * from these shapes; what a format cannot say stays absent.
 */
import type { Completion } from './model.js'
import type { VerdictKind } from './verdict.js'

/** `figures` are those of a whole run, without its samples; `problems` are what samples are asked for. */
export type FormatContent = 'samples' | 'results' | 'trajectories' | 'problems' | 'figures'

/** Fields of a file that have no word here; written back by the format that read them. */
export type Rest = Readonly<Record<string, unknown>>

/** One sample, judged or not. */
export interface FormatRow {
  readonly problemId: string
  /** 0-based position among the samples of its problem. */
  readonly sample: number
  /** Continues the prompt. */
  readonly completion?: string
  /** Stands alone. */
  readonly code?: string
  /** A model's reply as it came: the code is still to be found in it. */
  readonly reply?: string
  /** How the reply ended. */
  readonly finish?: Completion['finish']
  /** A diff; null where the file says that there is none. */
  readonly patch?: string | null
  readonly messages?: readonly unknown[]
  readonly model?: string
  /** Where the file has lines: the one it stands in, 1-based. */
  readonly line?: number
  /** Absent: nobody has judged it, or not as right or wrong. Null: the attempt failed, which is not the sample's failure. */
  readonly passed?: boolean | null
  /** Only where the file says it. */
  readonly kind?: VerdictKind
  /** The verdict in the words of the file. */
  readonly status?: string
  /** By group of the benchmark's calls: how it ended, and the numbers of the calls that failed, from 1. */
  readonly parts?: Readonly<Record<string, PartOutcome>>
  readonly rest?: Rest
}

export interface PartOutcome {
  /** `failed` too where an earlier group ended the calls. */
  readonly status: 'passed' | 'failed' | 'time-limit'
  readonly failed: readonly number[]
}

/** A line that could not be read. */
export interface BadLine {
  readonly line: number
  readonly error: string
}

/** What one file, or folder, holds. */
export interface FormatReading {
  readonly holds: FormatContent
  /** Which of the format's own shapes it has, where there are several. */
  readonly shape?: string
  readonly entries: AsyncIterable<FormatRow | BadLine>
  /** The problems that the file names by themselves, also those without a sample, in its order. */
  readonly problems: ReadonlyMap<string, Rest>
  /** Of the whole file. */
  readonly rest: Rest
  /** For the reader: what was not taken over, and why. */
  readonly notes: readonly string[]
  /** ISO 8601, of the run. */
  readonly date?: string
  /** Name of the benchmark, where it is known. */
  readonly benchmark?: string
}

/** A file that was opened: what formats are recognised by, and read from. Nothing in it is believed. */
export type FormatFile = { readonly path: string } & (
  | { readonly kind: 'lines'; readonly first: unknown; rows(): AsyncIterable<FileLine> }
  | { readonly kind: 'document'; readonly value: unknown }
  /** `names` are below it, with `/`; reading one gives its parsed JSON, or its text where it is none. */
  | { readonly kind: 'folder' | 'archive'; readonly names: readonly string[]; read(name: string): Promise<unknown> }
)

export type FileLine = { readonly line: number; readonly value: unknown } | BadLine

/** A part of a file, or a file of a folder. */
export type Written = string | { readonly name: string; readonly text: string }
