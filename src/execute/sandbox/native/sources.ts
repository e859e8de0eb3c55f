/** The files of a program as its toolchain wants them: plain JavaScript for TypeScript, Java's file names, and so on. */
import type { Language, Program } from '../../../kernel/index.js'
import { UnreadableText, bounded } from '../bounded.js'
import { withoutTypes } from '../typescript.js'

export interface Sources {
  readonly files: readonly (readonly [string, Buffer])[]
  readonly entry: string
  /** What `{files}` stands for: the entry, then the other sources of its language. */
  readonly names: readonly string[]
  /** What `{main}` stands for. */
  readonly main: string
}

export function sourcesOf(language: Language, program: Program): Sources | { readonly error: string } {
  if (language.name === 'typescript') {
    const plain = withoutTypes(program)
    if ('error' in plain) return plain
    return sources(language, bytes(plain.files), plain.entry)
  }
  try {
    return sources(language, bytes(Object.entries(program.files)), program.entry)
  } catch (error) {
    if (error instanceof UnreadableText) return { error: error.message }
    throw error
  }
}

function sources(language: Language, files: readonly (readonly [string, Buffer])[], given: string): Sources {
  const source = files.find(([name]) => name === given)?.[1].toString('utf8') ?? ''
  const folder = given.slice(0, given.lastIndexOf('/') + 1)
  const stem = given.slice(folder.length).replace(/\.[^.]*$/, '')
  const { names } = language.native ?? {}
  // A language finds its names by patterns, and there are sources that a pattern would read for hours. To bound it costs 0.4 ms.
  const wanted = names ? bounded(() => names(source)) : {}
  const free = (name: string) => !files.some(([other]) => other === name)
  const entry = wanted.file !== undefined && free(folder + wanted.file) ? folder + wanted.file : given
  const named = files.map(([name, content]) => [name === given ? entry : name, content] as const)
  const others = named.map(([name]) => name).filter((name) => name !== entry && isSource(language, name))
  return { files: named, entry, names: [entry, ...others], main: wanted.main ?? stem }
}

/** What a compiled program finds beside itself: its data, not its sources. */
export function dataFiles(language: Language, { files, entry }: Sources): (readonly [string, Buffer])[] {
  return files.filter(([name]) => name !== entry && name !== 'out' && !isSource(language, name))
}

/**
 * What a warm compiler is given of a program: its sources. Null for a program that is to be compiled by a fresh one: what
 * comes compiled is found by a compiler, and may run in it.
 */
export function warmFiles(language: Language, { files, names }: Sources): (readonly [string, Buffer])[] | null {
  const own = files.filter(([name]) => names.includes(name))
  if (!names.every((name) => isSource(language, name))) return null
  if (files.some(([name]) => /\.(class|jar)$/i.test(name))) return null
  const { unlike } = language.native?.warmCompiler ?? {}
  return unlike && own.some(([, content]) => unlike.test(content.toString('latin1'))) ? null : own
}

function isSource(language: Language, name: string): boolean {
  return language.extensions.some((extension) => name.endsWith(`.${extension}`))
}

function bytes(files: Iterable<readonly [string, string | Uint8Array]>): [string, Buffer][] {
  return [...files].map(([name, content]) => [name, Buffer.from(content)])
}
