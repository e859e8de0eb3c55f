/** What the collector (collect.h) is asked for, and what it says. */
import type { Limits } from '../../../kernel/index.js'
import type { LeftFile } from '../files.js'
import { strings } from './protocol.js'

const headBytes = 20

/** `changed`: what the program created or changed. `all`: also what it was given. Only `*` and `?` are special. */
export function request(
  limits: Pick<Limits, 'files' | 'fileBytes'>,
  which: 'changed' | 'all',
  patterns: readonly string[],
): Buffer {
  const plain = patterns.map((pattern) => pattern.replace(/[\\[]/g, '\\$&'))
  return strings([String(limits.files), String(limits.fileBytes), which, ...plain])
}

/** Null if the collector did not get to its end. */
export function leftFiles(report: Buffer): { files: (LeftFile & { mode: number })[]; unnamed: number } | null {
  const files: (LeftFile & { mode: number })[] = []
  for (let at = 0; at + headBytes <= report.length; ) {
    const length = report.readUInt32LE(at)
    const bytes = Number(report.readBigUInt64LE(at + 12))
    if (length === 0) return { files, unnamed: bytes }
    const end = at + headBytes + length
    const why = report.readUInt32LE(at + 8)
    const content = why === 0 ? report.subarray(end, end + bytes) : null
    if (content && content.length < bytes) return null
    files.push({ name: report.subarray(at + headBytes, end), mode: report.readUInt32LE(at + 4), bytes, content, why })
    at = end + (content ? bytes : 0)
  }
  return null
}
