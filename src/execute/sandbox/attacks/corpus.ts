/**
 * The attack corpus: hostile programs, one per file in a folder per family. Their first lines say what they try, which
 * limits they get and what may become of them. Every one that ends `ok` must have printed `held`, which it does after it
 * has tried everything, and none may print `ESCAPED`. This file only reads; suite.ts runs.
 */
import { readFileSync, readdirSync } from 'node:fs'
import { BadDataError, type Limits, type Outcome, type Program, limitsFrom } from '../../../kernel/index.js'
import { namedAttacks } from './names.js'

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

const languageOf: Readonly<Record<string, string>> = {
  asm: 'assembly',
  c: 'c',
  cpp: 'cpp',
  go: 'go',
  java: 'java',
  js: 'javascript',
  lua: 'lua',
  php: 'php',
  pl: 'perl',
  py: 'python',
  rb: 'ruby',
  rs: 'rust',
  sh: 'bash',
  sql: 'sql',
  ts: 'typescript',
}
const small = { cpuSeconds: 1, wallSeconds: 4, memoryMb: 128, outputBytes: 65_536, processes: 16, diskMb: 8 }
const limitNames: Readonly<Record<string, keyof Limits>> = {
  cpu: 'cpuSeconds',
  wall: 'wallSeconds',
  memory: 'memoryMb',
  output: 'outputBytes',
  processes: 'processes',
  disk: 'diskMb',
}
const endings = new Set<string>([
  'ok',
  'runtime-error',
  'compile-error',
  'time-limit',
  'memory-limit',
  'output-limit',
  'refused',
])

/** All attacks, by family and name. Throws BadDataError for a file without a proper header. */
export function loadAttacks(): Attack[] {
  return families.flatMap((family) =>
    family === 'names' ? namedAttacks(limitsFrom(small)) : filesOf(family).map((file) => attackOf(family, file)),
  )
}

/** A program that harms nobody, for the attacks that have a neighbour. */
export function politeProgram(): Program {
  const source = readFileSync(new URL('./polite.py', import.meta.url), 'utf8')
  return { language: 'python', files: { 'main.py': source }, entry: 'main.py' }
}

function filesOf(family: Family): string[] {
  return readdirSync(new URL(`./${family}/`, import.meta.url)).sort()
}

function attackOf(family: Family, file: string): Attack {
  const name = `${family}/${file}`
  const source = readFileSync(new URL(`./${name}`, import.meta.url), 'utf8')
  const extension = file.slice(file.lastIndexOf('.') + 1)
  const language = languageOf[extension]
  const header = headerOf(source)
  const tries = header.get('tries')
  const expect = endingsOf(header.get('expect') ?? '')
  if (language === undefined || tries === undefined || expect === null)
    throw new BadDataError(
      `The attack ${name} lacks a proper header: its first lines must hold «tries:» and «expect:» with outcomes.`,
    )
  const entry = `main.${extension}`
  const needs = header.get('needs')
  const notNative =
    header.get('native') === undefined ? undefined : /^no \((.+)\)$/.exec(header.get('native') as string)?.[1]
  return {
    name,
    family,
    language,
    tries,
    expect,
    limits: limitsOf(name, header.get('limits') ?? ''),
    wasm: wasmOf(name, header.get('wasm'), expect),
    ...(needs === undefined ? {} : { needs }),
    ...(notNative === undefined ? {} : { notNative }),
    repeat: Number(header.get('repeat') ?? 1),
    neighbour: header.get('neighbour') === 'yes',
    differs: header.get('differs') === 'yes',
    program: { files: { [entry]: source }, entry },
  }
}

/** `key: value` comments before the first line that is no comment. */
function headerOf(source: string): Map<string, string> {
  const header = new Map<string, string>()
  for (const line of source.replace(/^<\?php\n/, '').split('\n')) {
    const match = /^(?:#|\/\/|--|;) ([a-z]+): (.+)$/.exec(line)
    if (match === null) break
    header.set(match[1] as string, match[2] as string)
  }
  return header
}

function endingsOf(text: string): Ending[] | null {
  const names = text.split(',').map((one) => one.trim())
  return names.every((one) => endings.has(one)) ? (names as Ending[]) : null
}

function wasmOf(name: string, text: string | undefined, expect: readonly Ending[]): Attack['wasm'] {
  if (text === undefined) return { expect }
  const not = /^no \((.+)\)$/.exec(text)
  if (not) return { not: not[1] as string }
  const other = endingsOf(text)
  if (other === null) throw new BadDataError(`The attack ${name} has «wasm: ${text}»: give outcomes, or «no (why)».`)
  return { expect: other }
}

function limitsOf(name: string, text: string): Limits {
  const given = text.split(' ').filter((one) => one !== '')
  const limits = given.map((one): [keyof Limits, number] => {
    const [key = '', value = ''] = one.split('=')
    const limit = limitNames[key]
    if (limit === undefined || !(Number(value) > 0))
      throw new BadDataError(`The attack ${name} has a bad limit «${one}».`)
    return [limit, Number(value)]
  })
  return limitsFrom({ ...small, ...Object.fromEntries(limits) })
}
