/** A program as the children take it: contents in base64, limits in the units of the hosts. */
import { randomUUID } from 'node:crypto'
import type { Limits, Program } from '../../../kernel/index.js'
import { collectOf } from './left.js'

export const base64 = (content: string | Uint8Array) => Buffer.from(content).toString('base64')

export function programJob(program: Program, limits: Limits) {
  return {
    nonce: randomUUID(),
    files: Object.fromEntries(Object.entries(program.files).map(([name, content]) => [name, base64(content)])),
    entry: program.entry,
    args: program.args ?? [],
    env: program.env ?? {},
    stdin: base64(program.stdin ?? ''),
    cpuMs: limits.cpuSeconds * 1000,
    memoryMb: limits.memoryMb,
    diskMb: limits.diskMb,
    ...collectOf(program, limits),
  }
}
