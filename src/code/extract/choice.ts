/** Chooses the program among the blocks of a reply, and joins the parts of one that came in pieces. */
import type { Block } from './block.js'
import { type Dialect, dialectOf, tagFit } from './dialect.js'
import { definedNames, defines, definesSomething, isStub, mentions, onlyImports } from './names.js'

export interface Choice {
  readonly code: string
  readonly block: Block
  /** How many blocks the code was put together from. */
  readonly parts: number
  readonly definesEntry: boolean
}

interface Reading {
  readonly block: Block
  readonly index: number
  readonly dialect: Dialect
  readonly fit: number
  readonly names: ReadonlySet<string>
  readonly mentions: ReadonlySet<string>
  readonly structure: boolean
  readonly entry: boolean
  readonly stub: boolean
  /** Reads the input and calls what an earlier block defines: the main part of a program in pieces. */
  driver: boolean
  /** Calls what an earlier block defines and defines nothing new: an example of use. */
  usage: boolean
}

export function chooseBlock(
  blocks: readonly Block[],
  wanted: { readonly dialect: Dialect | null; readonly entryPoint?: string | undefined },
): Choice | null {
  const readings = read(blocks, wanted)
  const fitting = readings.filter((r) => r.fit > 0 || r.entry)
  if (fitting.length === 0) return null
  const main = pickMain(fitting, wanted.entryPoint !== undefined)
  const parts = withHelpers(main, readings)
  return {
    code: joinParts(parts, main.dialect),
    block: main.block,
    parts: parts.length,
    definesEntry: main.entry,
  }
}

function read(
  blocks: readonly Block[],
  wanted: { readonly dialect: Dialect | null; readonly entryPoint?: string | undefined },
): Reading[] {
  const known = new Set<string>()
  const readings: Reading[] = []
  for (const block of blocks) {
    if (block.code.trim() === '' || isTranscript(block.code)) continue
    const dialect = wanted.dialect ?? dialectOf(block.tag === '' ? 'python' : block.tag)
    const fit = tagFit(block.tag, wanted.dialect)
    const names = definedNames(block.code, dialect)
    const mentioned = mentions(block.code)
    const entry = wanted.entryPoint !== undefined && defines(block.code, wanted.entryPoint, dialect)
    const structure = definesSomething(block.code, dialect)
    const reading: Reading = {
      block,
      index: readings.length,
      dialect,
      fit,
      names,
      mentions: mentioned,
      structure,
      entry,
      stub: isStub(block.code, dialect),
      driver: false,
      usage: false,
    }
    const calls = [...mentioned].some((name) => known.has(name)) && ![...names].some((name) => known.has(name))
    reading.driver = calls && readsInput(block.code)
    reading.usage = !entry && calls && !reading.driver && routines(block.code, dialect).every(isTestName)
    if (fit > 0) for (const name of names) known.add(name)
    readings.push(reading)
  }
  return readings
}

/** Functions and types of a block: what makes it more than an example of use. */
function routines(code: string, dialect: Dialect): string[] {
  if (dialect.typed) return [...definedNames(code, dialect)]
  const named =
    /(?:def|class|function|fn|func|sub|struct|interface)[ \t]+([\w$]+)|([\w$]+)[ \t]*=[ \t]*(?:async[ \t]*)?(?:function\b|\([^()\n]*\)[ \t]*=>)/g
  return [...code.matchAll(named)].map((match) => match[1] ?? match[2] ?? '')
}

function isTestName(name: string): boolean {
  return /^(?:test|check|example|demo)|Tests?$/i.test(name)
}

function readsInput(code: string): boolean {
  return /\binput\(|\bstdin\b|readline|readLine|\bscanf\b|\bcin\b|Scanner\(|\bgets\b|<STDIN>/.test(code)
}

/** `>>> f(1)` or `$ python main.py`: what was typed and printed. */
function isTranscript(code: string): boolean {
  return /^\s*(?:>>> |In \[\d+\]:|\$ )/.test(code)
}

function pickMain(readings: readonly Reading[], asked: boolean): Reading {
  const rank = (r: Reading): number =>
    (asked && r.entry ? 64 : 0) +
    (r.stub ? 0 : 32) +
    (r.usage ? 0 : 16) +
    (r.fit >= 2 ? 8 : 0) +
    (looksLikeSource(r) ? 4 : 0) +
    (r.structure || r.driver ? 2 : 0) +
    (onlyImports(r.block.code) ? 0 : 1)
  // The last of equals: a reply that corrects itself means its last word.
  return readings.reduce((best, r) => (rank(r) >= rank(best) ? r : best))
}

function looksLikeSource(r: Reading): boolean {
  return r.structure || r.block.code.split('\n', 50).some((line) => r.dialect.line.test(line.trim()))
}

/** Earlier or later blocks that define what the main block uses, in the order in which they must stand. */
function withHelpers(main: Reading, readings: readonly Reading[]): Reading[] {
  const owner = new Map<string, Reading>()
  for (const r of readings) {
    if (r === main || r.fit === 0 || r.usage || r.block.tag !== main.block.tag) continue
    for (const name of r.names) {
      const before = owner.get(name)
      // The last definition before the main block; one after it only if there is no other.
      if (!before || r.index < main.index) owner.set(name, r)
    }
  }
  const chosen = new Set<Reading>([main])
  const have = definedNames(main.block.code, main.dialect, true)
  const queue = [main]
  for (let r = queue.pop(); r; r = queue.pop()) {
    for (const name of r.mentions) {
      const helper = owner.get(name)
      if (!helper || chosen.has(helper) || have.has(name)) continue
      const clash = [...helper.names].some((n) => have.has(n))
      if (clash && (!main.dialect.redefines || helper.index > main.index)) continue
      chosen.add(helper)
      for (const n of helper.names) have.add(n)
      queue.push(helper)
    }
  }
  for (const r of readings) {
    if (r.index < main.index && r.fit > 0 && r.block.tag === main.block.tag && onlyImports(r.block.code)) chosen.add(r)
  }
  return [...chosen].sort((a, b) => (a === main ? 1 : b === main ? -1 : a.index - b.index))
}

function joinParts(parts: readonly Reading[], dialect: Dialect): string {
  const texts = parts.map((part) => part.block.code.replace(/^(?:[ \t]*\n)+/, '').trimEnd())
  if (parts.length === 1) return texts[0] as string
  const joined = texts.join('\n\n')
  const head = heads.get(dialect.name)
  if (!head) return joined
  // Java, C# and Go take imports at the top of the file only; a package line once.
  const top = new Set<string>()
  const rest = joined.split('\n').filter((line) => !head.test(line) || !top.add(line.trim()))
  return [...top, ...rest].join('\n')
}

const heads = new Map<string, RegExp>([
  ['java', /^(?:package|import)\s[\w.* ]+;\s*$/],
  ['csharp', /^using\s[\w.= ]+;\s*$/],
  ['go', /^package\s+\w+\s*$|^import\s+(?:\w+\s+)?"[^"]*"\s*$/],
])
