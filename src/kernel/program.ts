/** A program to run, what it may use, and what one run of it did. */

export interface Program {
  readonly language: string
  /** Relative path → content. The entry is one of them. */
  readonly files: Readonly<Record<string, string | Uint8Array>>
  readonly entry: string
  readonly args?: readonly string[]
  readonly stdin?: string | Uint8Array
  readonly env?: Readonly<Record<string, string>>
}

export interface Limits {
  /** CPU seconds (user + system) of one run. */
  readonly cpuSeconds: number
  /** Wall-clock seconds; a backstop, since a loaded machine must not fail an honest program. */
  readonly wallSeconds: number
  readonly memoryMb: number
  /** Bytes of stdout and stderr together. */
  readonly outputBytes: number
  readonly processes: number
  /** Megabytes the program may write to its working directory. */
  readonly diskMb: number
}

export const defaultLimits: Limits = {
  cpuSeconds: 10,
  wallSeconds: 30,
  memoryMb: 1024,
  outputBytes: 4 * 1024 * 1024,
  processes: 64,
  diskMb: 64,
}

/** A full set of limits; a tighter CPU limit pulls the wall limit with it unless that is given too. */
export function limitsFrom(partial: Partial<Limits> = {}): Limits {
  const limits = { ...defaultLimits, ...partial }
  if (partial.wallSeconds === undefined && partial.cpuSeconds !== undefined)
    return { ...limits, wallSeconds: partial.cpuSeconds * 3 + 2 }
  return limits
}

export type Outcome =
  | 'ok'
  | 'runtime-error'
  | 'compile-error'
  | 'time-limit'
  | 'memory-limit'
  | 'output-limit'
  | 'infrastructure'

/** What kept the program away from the machine and from other programs, and how that was found out. */
export interface Isolation {
  readonly level: 'native' | 'wasm' | 'remote'
  /** `A` root, `B` unprivileged user namespaces, `B'` Landlock without either; `child` for wasm in a restricted child process. */
  readonly tier: string
  /** Primitives that were executed successfully by the probe, for example `pid-ns`, `seccomp`. */
  readonly primitives: readonly string[]
  /** Primitives that the probe looked for and that do not hold, where the tier can be without them. */
  readonly lacks?: readonly string[]
  /** Why nothing stronger was chosen, where something stronger was tried. */
  readonly because?: string
}

export interface CompilePart {
  readonly ok: boolean
  readonly stdout: string
  readonly stderr: string
  readonly cpuMs: number
  readonly wallMs: number
}

export interface Execution {
  readonly outcome: Outcome
  readonly exitCode: number | null
  readonly signal: string | null
  readonly stdout: string
  readonly stderr: string
  readonly cpuMs: number
  readonly wallMs: number
  readonly peakBytes: number
  readonly isolation: Isolation
  readonly compile?: CompilePart
  /** Why, where the outcome alone does not say it (which limit, which part failed). */
  readonly reason?: string
}
