/**
 * What is asked (Problem), what is proposed (Candidate) and what decides (TestSuite).
 * A Problem never holds hidden tests: they live in a TestSuite, which only the judge receives.
 */
import type { Limits } from './program.js'

export type ProblemKind = 'function' | 'stdio' | 'completion' | 'edit' | 'repository' | 'predict' | 'answer'

/** A test that a method may see and run. */
export type PublicTest =
  | { readonly kind: 'assertion'; readonly code: string }
  | { readonly kind: 'stdio'; readonly stdin: string; readonly stdout: string }

export interface Problem {
  /** Unique within its benchmark, as published (`HumanEval/0`). */
  readonly id: string
  readonly language: string
  readonly kind: ProblemKind
  /** The text shown to the model; for completions, code that the reply continues. */
  readonly prompt: string
  /** Name that the tests call, for `function` problems. */
  readonly entryPoint?: string
  /** Code the answer starts from and that the benchmark itself vouches for (never from a model). */
  readonly starterCode?: string
  /** Imports and helpers that the benchmark's own harness puts before every program. Python only. */
  readonly preamble?: string
  /** Paths of the files that the answer holds, each whole, for `repository` problems that are solved by writing files. */
  readonly files?: readonly string[]
  readonly publicTests: readonly PublicTest[]
  readonly metadata: Readonly<Record<string, unknown>>
}

/** How a program's output is compared with the expected one. */
export type Checker =
  | { readonly kind: 'exact' }
  /** Lines compared after trailing white space; trailing empty lines are ignored. */
  | { readonly kind: 'lines' }
  /** White-space separated tokens, in order. */
  | { readonly kind: 'tokens' }
  /** Tokens; numbers may differ by `absolute` or by `relative` × |expected|. */
  | {
      readonly kind: 'floats'
      readonly absolute: number
      readonly relative: number
      /** Where an integer is expected, nothing but its value will do. */
      readonly exactIntegers?: true
      /** Of every token, or of yes, no, true and false alone. */
      readonly ignoreCase?: 'all' | 'yes-no'
    }
  /** As many lines; each the same without white space around it, or the same decimal numbers, of any length. */
  | { readonly kind: 'decimals' }
  /** The same lines in any order, with multiplicity. */
  | { readonly kind: 'set' }
  /** The last line that is not empty, as an answer. */
  | { readonly kind: 'answer'; readonly comparison: AnswerComparison }
  /**
   * A checker program with testlib's exit codes (0 accepted, 1 wrong, 2 presentation, others: the checker failed).
   * It is called with the paths of input, output and answer.
   */
  | { readonly kind: 'program'; readonly language: string; readonly source: string }

/** Assertion scripts: `check(candidate)` functions or bare asserts, in the problem's language. */
export interface AssertionSuite {
  readonly kind: 'assertions'
  /** Code of the benchmark itself that the tests may use names from, usually the prompt. */
  readonly trusted: string
  /** The test script. Names it leaves undefined are looked up in the candidate. */
  readonly script: string
  readonly entryPoint: string
  /**
   * `proxy` (default): the script runs in a trusted process, the candidate in another.
   * `replay`: the same in two runs, one after the other (judge/replay); the default where a language has nothing else.
   * `in-process`: for values that cannot cross; weaker, and every verdict says so.
   */
  readonly mode?: 'proxy' | 'replay' | 'in-process'
  /**
   * What the program has to declare, read without running it: tests of their own, in front of those of the script. The entry
   * point is then the first function that the program declares, whatever its name. Python, JavaScript and TypeScript.
   */
  readonly declares?: readonly DeclarationCheck[]
}

/** Of the first function that a program declares: its name, how many parameters it has, or what one of them is called. */
export type DeclarationCheck =
  | { readonly of: 'name'; readonly equals: string }
  | { readonly of: 'parameters'; readonly equals: number }
  | { readonly of: 'parameter'; readonly index: number; readonly equals: string }

export interface StdioCase {
  readonly name?: string
  readonly stdin: string
  readonly stdout: string
  /** Other outputs that are as right; a checker program is not shown them. */
  readonly alternatives?: readonly string[]
  readonly args?: readonly string[]
}

export interface StdioSuite {
  readonly kind: 'stdio'
  readonly cases: readonly StdioCase[]
  readonly checker: Checker
  /** Files in the working directory that stand for standard input and output, where the problem asks for them. */
  readonly files?: { readonly input?: string; readonly output?: string }
}

/** The candidate is an expression, the predicted value of another: right if both are equal. Python only. */
export interface PredictionSuite {
  readonly kind: 'prediction'
  /** Instead of the expression alone the candidate may be an assertion that something equals it. */
  readonly asserted?: true
  /** Code that defines `f`, where its input is predicted: the candidate is then one call of it that gives `expected`. */
  readonly function?: string
  /**
   * The candidate is the trace of `expected`, which is a call of `f`: a list of the lines of `function` (1-based) that it runs,
   * in order. A line that runs several times in a row counts once, since versions of Python differ in that.
   */
  readonly traced?: true
  /** An expression that the benchmark vouches for. */
  readonly expected: string
}

/**
 * The candidate is a plain value of the problem's language, put between the two pieces of a program that ends well only if the
 * value is right: an assertion with a gap. What is more than a plain value is refused.
 */
export interface GapSuite {
  readonly kind: 'gap'
  readonly before: string
  readonly after: string
  /** Values with commas between them will do: the arguments of a call. */
  readonly several?: true
}

/** Inputs that belong together and are named after it: `plus 1`, `plus 2`, … */
export interface CallInputs {
  readonly group: string
  /** An array of argument lists, as Python's `json` reads it: JavaScript would round integers and refuse NaN. */
  readonly json: string
  /** What is due, an array as long, where the benchmark says it itself: then no reference is asked. */
  readonly expected?: string
}

/**
 * Calls with given arguments, in order, up to the first that does not give what is due: what the benchmark says, or what
 * its own solution gives.
 * Python only; the expressions are the benchmark's, and see values, never the candidate's own objects. Where the solution
 * needs long, candidates may take four times as long, whatever their limits say, up to a minute of CPU time.
 */
export interface CallSuite {
  readonly kind: 'calls'
  /** A complete program that the benchmark vouches for. It runs in a process of its own, once for all candidates. */
  readonly reference?: string
  /** `f`, or `Solution().f`: a method of one instance for all calls, or where there is no such class the function `f`. */
  readonly entryPoint: string
  readonly inputs: readonly CallInputs[]
  /**
   * An expression that makes the arguments of `args`, one of the lists: for tuples, sets and what else JSON lacks. None
   * leaves the input out.
   */
  readonly argumentsFrom?: string
  /**
   * An expression over `args`, `got` and `expected` that is True for what is right; `same(got, expected)` is what decides
   * without it: Python's equality, where floats may differ. An object without a plain form is true and equals nothing.
   * `as_json(got)` is what JSON makes of it: lists of tuples, and strings of the integers that are keys.
   */
  readonly accepts?: string
  /** By how much a float may differ, beside 1e-7 of itself; default: 1e-6. Where it is given, integers may be floats. */
  readonly absolute?: number
}

/** How an answer is compared with the expected one. */
export type AnswerComparison =
  /** The same characters, without white space around them. */
  | {
      readonly kind: 'text'
      /** Of the answer, nothing after its first line. */
      readonly firstLine?: boolean
      /** One full stop at the end of the answer is ignored. */
      readonly finalStop?: boolean
      readonly ignoreCase?: boolean
      /** Any white space is one blank. */
      readonly anySpace?: boolean
    }
  /** One number each; they may differ by `absolute` or by `relative` × |expected|. */
  | { readonly kind: 'number'; readonly absolute: number; readonly relative: number }
  /** The same in mathematics, in LaTeX, Python or plain writing: `1/2` and `0.5`, `x(x+1)` and `x^2+x`. */
  | { readonly kind: 'math' }

/** The candidate is an answer in words or figures: nothing is run. */
export interface AnswerSuite {
  readonly kind: 'answer'
  readonly expected: string
  readonly comparison: AnswerComparison
}

/** The candidate is a query for SQLite: right if it gives the rows that the expected one gives. */
export interface QuerySuite {
  readonly kind: 'query'
  /** The script that makes the database; it must print nothing. */
  readonly database: string
  /** A query that the benchmark vouches for. The candidate runs without it and without its rows. */
  readonly expected: string
  /** `as-asked` (default): in order where the expected query ends with ORDER BY. Rows count as often as they come. */
  readonly rows?: 'as-asked' | 'any-order'
  /** `any-order`: the columns may be in another order, the same in all rows. */
  readonly columns?: 'as-asked' | 'any-order'
}

/** How the tests of a repository report: what their command prints, or the report files it writes. */
export const reportFormats = [
  'cargo-test',
  'exit-status',
  'go-test',
  'go-test-json',
  'gradle',
  'jest',
  'jest-json',
  'junit',
  'maven',
  'mocha',
  'mocha-json',
  'pytest',
  'swe-bench-pytest',
  'swe-bench-unittest',
  'sympy',
  'unittest',
  'vitest',
  'vitest-json',
] as const

export type ReportFormat = (typeof reportFormats)[number]

/** Relative path → content: text, or bytes in base64. */
export type FileTree = Readonly<Record<string, string | { readonly base64: string }>>

/** A tree of files on this machine, read when a candidate is judged: too large to be carried along. */
export type Checkout =
  /** All that is in it but folders called `.git`. */
  | { readonly kind: 'folder'; readonly path: string }
  /** What a commit (its whole id) of a git repository holds, without its submodules; `.git` may be left out of its name. */
  | { readonly kind: 'commit'; readonly repository: string; readonly commit: string }

/** What of a tree of files a candidate brings. */
export type RepositoryCandidate =
  /** A unified diff against the tree. */
  | { readonly kind: 'patch' }
  /** The new content of this one file. */
  | { readonly kind: 'file'; readonly path: string }
  /** JSON: an object of path → new content; null deletes. */
  | { readonly kind: 'files' }
  /** Blocks of a path, lines to be found and lines in their place: `<<<<<<< SEARCH` … `=======` … `>>>>>>> REPLACE`. */
  | { readonly kind: 'edits' }
  /** A function or method, which takes the place of this one; every other byte of the file stays. */
  | {
      readonly kind: 'function'
      readonly path: string
      readonly language: 'python' | 'java'
      readonly name: string
      /** A line of it, from 1: tells overloads apart. */
      readonly line?: number
      /** Its text: tells them apart where lines have moved. */
      readonly text?: string
    }

/**
 * A repository whose own tests decide. They run in one process with the candidate's code, so a verdict is `in-process`:
 * code that sets out to can write a whole report in place of the runner's.
 */
export interface RepositorySuite {
  readonly kind: 'repository'
  /** The tree that the candidate changes, or what stands over its `checkout`. */
  readonly files: FileTree
  readonly checkout?: Checkout
  readonly candidate: RepositoryCandidate
  /** Put in place after the candidate's change, over whatever it left there. */
  readonly tests: FileTree
  /** A unified diff against the tree: as `tests`, for the files that it changes, and what it deletes is gone. */
  readonly testPatch?: string
  /**
   * Paths that are as they were before the candidate's change (or as `tests` says), whatever it did: patterns with `*`, `?`
   * and `**`; one without a slash holds in every folder, one behind a `!` takes back what others name. Default: configuration
   * of test runners and what would stand in for them. Files that tests are named after (`tests/a.py::test_x`) always are, and
   * so is what links among all these lead to.
   */
  readonly restored?: readonly string[]
  /** A Bash command, run before the other: where it fails, the candidate is a compile error. It runs none of its code. */
  readonly build?: string
  /** A Bash command, run in the root of the tree. */
  readonly command: string
  readonly report: ReportFormat
  /** The report files that the command writes, as `Program.collect` names them. Needed for `junit`. */
  readonly reportFiles?: readonly string[]
  /** Tests that a right candidate makes pass. */
  readonly failToPass: readonly string[]
  /** Tests that pass before and have to afterwards. */
  readonly passToPass: readonly string[]
  /** What its tests need of a machine, for whoever is told that they do not run: `Python 3.9 with its dependencies`. */
  readonly needs?: string
  /**
   * For tests without published names: those that the benchmark's own solution passes here have to pass too, and none may
   * fail. It is run once for all candidates.
   */
  readonly asReference?: true
  /** What stands in for the runner that the benchmark names: said in every verdict. */
  readonly runner?: string
  /** Why it cannot be judged on this machine: one sentence. */
  readonly unavailable?: string
  /** Beside, or instead of, those that the benchmark gives all its candidates. */
  readonly limits?: Partial<Limits>
}

/**
 * A task of an agent benchmark (Harbor, Terminal-Bench): the candidate changes files in an environment, then a script looks
 * at what is there and writes a reward. The candidate is a shell script that is run, a unified diff or JSON of files as for a
 * repository, both against `folder`: its text tells which. What the script starts is gone when the tests begin; code that
 * the tests themselves run shares their sandbox, so a verdict is `in-process`.
 */
export interface TaskSuite {
  readonly kind: 'task'
  /** Absolute paths in the environment. */
  readonly files: FileTree
  /** Absolute path of the working directory. */
  readonly folder: string
  readonly env: Readonly<Record<string, string>>
  /** Below `/tests`; `test.sh` is one of them. */
  readonly tests: FileTree
  /** For the tests alone. */
  readonly testEnv: Readonly<Record<string, string>>
  /** Below `/solution`, for the reference alone. */
  readonly solution: FileTree
  /** Why it cannot be judged without a container: one sentence. */
  readonly unavailable?: string
  readonly limits?: Partial<Limits>
}

export type TestSuite =
  | AssertionSuite
  | StdioSuite
  | PredictionSuite
  | GapSuite
  | CallSuite
  | AnswerSuite
  | QuerySuite
  | RepositorySuite
  | TaskSuite

/** A problem together with the tests only the judge may see. */
export interface JudgedProblem {
  readonly problem: Problem
  readonly suite: TestSuite
  /** A solution the benchmark publishes, if any; used to admit benchmarks, never shown to methods. */
  readonly reference?: string
  /** Programs that are known not to solve it; used to admit benchmarks too. */
  readonly wrong?: readonly string[]
  /** What the problem itself allows, before what the benchmark does; what the user asks for comes before both. */
  readonly limits?: Partial<Limits>
}

/** Where a candidate came from. */
export interface CandidateOrigin {
  readonly method?: string
  readonly model?: string
  /** 0-based position among the samples of its problem. */
  readonly sample?: number
  /** How the code was found in the reply, from the extractor. */
  readonly how?: string
}

/** Why there is no program to run although the model replied. */
export type MissingCode = 'no-code' | 'truncated' | 'refused'

export interface Candidate {
  readonly problemId: string
  /** A complete source file in the problem's language; empty if `missing` is set. */
  readonly code: string
  readonly missing?: MissingCode
  readonly score?: number
  readonly origin: CandidateOrigin
}
