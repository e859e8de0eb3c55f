/**
 * The attack corpus: hostile programs, one per file in a folder per family. Their first lines say what they try, which
 * limits they get and what may become of them. Every one that ends `ok` must have printed `held`, which it does after it
 * has tried everything, and none may print `ESCAPED`. This file only reads; suite.ts runs.
 */
import { readFileSync, readdirSync } from 'node:fs'
import { BadDataError, type Limits, type Program, limitsFrom } from '../../../kernel/index.js'
import { type Attack, type Ending, type Family, families } from './attack.js'
import { names } from './names.js'
import { sources } from './sources.js'

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
    family === 'names' ? handedOver() : filesOf(family).map((file) => attackOf(family, file)),
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
    ...(header.has('because') ? { because: header.get('because') as string } : {}),
    limits: unhurried(limitsOf(name, header.get('limits') ?? ''), expect),
    wasm: wasmOf(name, header.get('wasm'), expect),
    ...(needs === undefined ? {} : { needs }),
    ...(notNative === undefined ? {} : { notNative }),
    repeat: Number(header.get('repeat') ?? 1),
    neighbour: header.get('neighbour') === 'yes',
    differs: header.get('differs') === 'yes',
    program: { files: { [entry]: source }, entry, ...(header.get('collect') === 'yes' ? { collect: true } : {}) },
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

/** Those that are made of names and contents no repository can hold. */
function handedOver(): Attack[] {
  return Object.entries({ ...names, ...sources }).map(([name, { language = 'python', limits, ...given }]) => ({
    wasm: { expect: given.expect },
    ...given,
    name: `names/${name}`,
    family: 'names',
    language,
    limits: unhurried(limitsFrom({ ...small, ...limits }), given.expect),
    repeat: 1,
    neighbour: false,
    differs: false,
  }))
}

/** Only what must run out of time is given little: on a loaded machine everything else takes long, and is no other thing. */
function unhurried(limits: Limits, expect: readonly Ending[]): Limits {
  if (expect.includes('time-limit')) return limits
  return { ...limits, cpuSeconds: Math.max(limits.cpuSeconds, 10), wallSeconds: Math.max(limits.wallSeconds, 60) }
}
