/** The files a guest's program left, as its host found them (hosts/left.mjs), and the asking for them. */
import type { Limits, OutputFile, Program } from '../../../kernel/index.js'
import { outputFiles, patternsOf } from '../files.js'

export interface Left {
  readonly found: readonly (readonly [path: string, bytes: number, base64: string | null, why: number])[]
  readonly unnamed: number
}

/** The part of a job that asks for files; nothing if the program doesn't. */
export function collectOf(program: Program, limits: Limits): { collect?: object } {
  const patterns = patternsOf(program.collect)
  return patterns ? { collect: { patterns, files: limits.files, fileBytes: limits.fileBytes } } : {}
}

export function filesOf(left: Left | undefined, limits: Limits): { files?: readonly OutputFile[] } {
  if (left === undefined) return {}
  const files = left.found.map(([path, bytes, content, why]) => ({
    name: Buffer.from(path),
    bytes,
    content: content === null ? null : Buffer.from(content, 'base64'),
    why,
  }))
  return { files: outputFiles(files, left.unnamed, limits) }
}
