/** The files a program leaves, as an Execution shows them. */
import { isUtf8 } from 'node:buffer'
import type { Limits, OutputFile, Program } from '../../kernel/index.js'

export interface LeftFile {
  readonly name: Buffer
  readonly bytes: number
  /** Null if it was left out: see `why`. */
  readonly content: Buffer | null
  readonly why: number
}

/** Why a file comes without its content. */
export const why = { tooMany: 1, tooLarge: 2, unreadable: 3, tooDeep: 4 } as const

/** The patterns of a program's `collect`, none for all files; null if it asks for nothing. */
export function patternsOf(collect: Program['collect']): string[] | null {
  if (!collect) return null
  if (collect === true) return []
  const patterns = collect.map((pattern) => pattern.replace(/^(\.?\/)+/, '').replace(/\/+$/, ''))
  return patterns.length > 0 ? patterns : null
}

/** `unnamed` files were left out beside those listed. */
export function outputFiles(files: readonly LeftFile[], unnamed: number, limits: Limits): OutputFile[] {
  const reasons: Record<number, string> = {
    [why.tooMany]: `there are more than ${limits.files} files`,
    [why.tooLarge]: `the files are larger than ${limits.fileBytes} bytes together`,
    [why.unreadable]: 'it cannot be read',
    [why.tooDeep]: 'it is too many folders deep',
  }
  const shown = files.map(({ name, bytes, content, why: left }): OutputFile => {
    const path = name.toString('utf8')
    if (!content) return { path, bytes, leftOut: reasons[left] ?? 'it could not be read' }
    if (!isUtf8(name)) return { path, bytes, leftOut: 'its name is not UTF-8' }
    if (!isUtf8(content)) return { path, bytes, base64: content.toString('base64') }
    return { path, bytes, text: content.toString('utf8') }
  })
  shown.sort((a, b) => (a.path < b.path ? -1 : 1))
  return unnamed > 0 ? [...shown, { path: '.', bytes: 0, leftOut: `${unnamed} more files are left out` }] : shown
}
