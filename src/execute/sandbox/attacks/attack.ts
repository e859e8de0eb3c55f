/** What an attack is: a hostile program, what it tries, and what may become of it. */
import type { Limits, Outcome, Program } from '../../../kernel/index.js'

export const families = [
  'process',
  'memory',
  'disk',
  'output',
  'descriptors',
  'host',
  'mounts',
  'namespaces',
  'kernel',
  'sockets',
  'leaks',
  'neighbours',
  'time',
  'forgery',
  'compilers',
  'names',
] as const
export type Family = (typeof families)[number]

/** `refused`: Cupel would not run it and says why (UsageError). */
export type Ending = Exclude<Outcome, 'infrastructure'> | 'refused'

export interface Attack {
  /** Its path below this folder: `process/fork-bomb.py`. */
  readonly name: string
  readonly family: Family
  readonly language: string
  /** One line: what it tries. */
  readonly tries: string
  /** What may become of it; more than one only where each is an honest report. */
  readonly expect: readonly Ending[]
  /** What the reason must say; that one limit ended it must not hide that another did not. */
  readonly because?: string
  readonly limits: Limits
  /** The same in WebAssembly, or why it means nothing there. */
  readonly wasm: { readonly expect: readonly Ending[] } | { readonly not: string }
  /** Why it means nothing in the native isolation. */
  readonly notNative?: string
  /** Primitives of the native isolation, joined by `or`: without one of them it may not be run, since it would get out. */
  readonly needs?: string
  /** Run this often, one after the other: it leaves something and looks for it. */
  readonly repeat: number
  /** Beside a polite program that must not notice. */
  readonly neighbour: boolean
  /** Each run must print something else: what one program sees must not tell what the next one sees. */
  readonly differs: boolean
  readonly program: Omit<Program, 'language'>
}

/** An attack made of names, arguments, variables and contents; the rest is the same for all of them. */
export interface HandedOver extends Pick<Attack, 'tries' | 'expect' | 'program'> {
  readonly wasm?: Attack['wasm']
  readonly language?: string
  readonly limits?: Partial<Limits>
}
