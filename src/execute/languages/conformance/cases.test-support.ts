/**
 * What every language must do in the sandbox, as a table. The programs are in `programs/LANGUAGE.md`: a heading for each
 * case, then its source. Where a case makes no sense for a language, text says why instead.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import type { Execution, Language, Limits, Program } from '../../../kernel/index.js'

/** Small to install, and run by every `npm test`. */
export const coreLanguages: readonly string[] = JSON.parse(readFileSync(new URL('core.json', import.meta.url), 'utf8'))

export interface Case {
  readonly name: string
  /** What the program is asked to do. */
  readonly task: string
  readonly stdin?: string
  readonly args?: readonly string[]
  readonly limits?: Partial<Limits>
  readonly expected: Partial<Execution>
}

export const cases: readonly Case[] = [
  { name: 'hello', task: 'print hello', expected: { outcome: 'ok', exitCode: 0, stdout: 'hello\n' } },
  {
    name: 'sum',
    task: 'add the numbers of standard input',
    stdin: '20 22\n',
    expected: { outcome: 'ok', stdout: '42\n' },
  },
  {
    name: 'unicode',
    task: 'print the first line of standard input',
    stdin: 'héllo ✓ 日本\n',
    expected: { outcome: 'ok', stdout: 'héllo ✓ 日本\n' },
  },
  {
    name: 'arguments',
    task: 'print each argument on a line',
    args: ['a b', '-x', 'ü'],
    expected: { outcome: 'ok', stdout: 'a b\n-x\nü\n' },
  },
  {
    name: 'modules',
    task: 'print 42, which a second file computes',
    expected: { outcome: 'ok', stdout: '42\n' },
  },
  {
    name: 'refused',
    task: 'print started, with a mistake further down that the toolchain sees before it starts the program',
    expected: { outcome: 'compile-error', stdout: '' },
  },
  {
    name: 'error',
    task: 'print started, then fail with an error nobody catches',
    // some runtimes say on standard output what went wrong
    expected: { outcome: 'runtime-error', stdout: expect.stringMatching(/^started\n/) },
  },
  {
    name: 'exit',
    task: 'end with exit code 7',
    expected: { outcome: 'runtime-error', exitCode: 7, signal: null },
  },
  {
    name: 'time',
    task: 'loop for ever',
    limits: { cpuSeconds: 1, wallSeconds: 30 },
    expected: { outcome: 'time-limit' },
  },
  {
    name: 'memory',
    task: 'keep what it allocates, for ever',
    limits: { cpuSeconds: 30, wallSeconds: 90, memoryMb: 256 },
    expected: { outcome: 'memory-limit' },
  },
  {
    name: 'output',
    task: 'print for ever',
    limits: { cpuSeconds: 30, wallSeconds: 90, outputBytes: 50_000 },
    expected: { outcome: 'output-limit' },
  },
  {
    name: 'network',
    task: 'print refused if there is no TCP connection to 127.0.0.1 at the port of standard input, where this test listens',
    expected: { outcome: 'ok', stdout: 'refused\n' },
  },
]

/** A program, or why there is none. */
export type Entry = { readonly files: Readonly<Record<string, string>> } | { readonly absent: string }

const folder = fileURLToPath(new URL('programs', import.meta.url))

/** Throws for a language without programs and for a page that is not as this file says. */
export function programsOf({ name, file }: Language): Map<string, Entry> {
  return parsePage(readFileSync(join(folder, `${name}.md`), 'utf8'), file)
}

/** `file` is what a source without a name above it is called. */
export function parsePage(text: string, file: string): Map<string, Entry> {
  const sections = text.split(/^## /m).slice(1)
  return new Map(
    sections.map((section) => {
      const end = section.indexOf('\n')
      const [name, body] = [section.slice(0, end).trim(), section.slice(end)]
      const blocks = [...body.matchAll(/(?:^`([^`\n]+)`\n+)?^```\S*\n([\s\S]*?)^```$/gm)]
      const files = Object.fromEntries(blocks.map(([, called, source]) => [called ?? file, source as string]))
      const absent = body.trim().replaceAll('\n', ' ')
      return [name, blocks.length > 0 ? { files } : { absent }]
    }),
  )
}

/** The entry of a program is its first file. */
export function programOf(language: string, files: Readonly<Record<string, string>>, one: Case, port: number): Program {
  const stdin = one.name === 'network' ? `${port}\n` : one.stdin
  return {
    language,
    files,
    entry: Object.keys(files)[0] as string,
    ...(stdin === undefined ? {} : { stdin }),
    ...(one.args ? { args: one.args } : {}),
  }
}
