/** The files a program leaves: what the collector (collect.h) is asked for, and what it says. */
import { isUtf8 } from 'node:buffer'
import type { Limits, OutputFile, Program } from '../../../kernel/index.js'
import { strings } from './protocol.js'

export interface LeftFile {
  readonly name: Buffer
  readonly mode: number
  readonly bytes: number
  /** Null if it was left out: see `why`. */
  readonly content: Buffer | null
  readonly why: number
}

const why = { tooMany: 1, tooLarge: 2, unreadable: 3, tooDeep: 4 } as const
const headBytes = 20

/** `changed`: what the program created or changed. `all`: also what it was given. */
export function request(
  limits: Pick<Limits, 'files' | 'fileBytes'>,
  which: 'changed' | 'all',
  patterns: readonly string[],
) {
  return strings([String(limits.files), String(limits.fileBytes), which, ...patterns])
}

/** The patterns of a program's `collect`; null if it asks for nothing. */
export function patternsOf(collect: Program['collect']): string[] | null {
  if (!collect) return null
  if (collect === true) return []
  const patterns = collect.map((pattern) => pattern.replace(/^(\.?\/)+/, '').replace(/\/+$/, ''))
  return patterns.length > 0 ? patterns : null
}

/** What the collector says; null if it did not get to its end. `unnamed` files were left out beside the ones listed. */
export function leftFiles(report: Buffer): { files: LeftFile[]; unnamed: number } | null {
  const files: LeftFile[] = []
  for (let at = 0; at + headBytes <= report.length; ) {
    const length = report.readUInt32LE(at)
    const bytes = Number(report.readBigUInt64LE(at + 12))
    if (length === 0) return { files, unnamed: bytes }
    const end = at + headBytes + length
    const name = report.subarray(at + headBytes, end)
    const reason = report.readUInt32LE(at + 8)
    const content = reason === 0 ? report.subarray(end, end + bytes) : null
    if (content && content.length < bytes) return null
    files.push({ name, mode: report.readUInt32LE(at + 4), bytes, content, why: reason })
    at = end + (content ? bytes : 0)
  }
  return null
}

/** As an Execution shows them. */
export function outputFiles({ files, unnamed }: { files: readonly LeftFile[]; unnamed: number }, limits: Limits) {
  const reasons: Record<number, string> = {
    [why.tooMany]: `there are more than ${limits.files} files`,
    [why.tooLarge]: `the files are larger than ${limits.fileBytes} bytes together`,
    [why.unreadable]: 'it cannot be read',
    [why.tooDeep]: 'it is too many folders deep',
  }
  const shown = files.map((file): OutputFile => {
    const path = file.name.toString('utf8')
    const { content, bytes } = file
    if (!content) return { path, bytes, leftOut: reasons[file.why] ?? 'it could not be read' }
    if (!isUtf8(file.name)) return { path, bytes, leftOut: 'its name is not UTF-8' }
    return isUtf8(content)
      ? { path, bytes, text: content.toString('utf8') }
      : { path, bytes, base64: content.toString('base64') }
  })
  shown.sort((a, b) => (a.path < b.path ? -1 : 1))
  return unnamed > 0 ? [...shown, { path: '.', bytes: 0, leftOut: `${unnamed} more files are left out` }] : shown
}
