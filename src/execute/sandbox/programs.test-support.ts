/**
 * Random programs for the property test: valid, broken and hostile ones, put together from statements of Python, Bash and
 * C, and sources, names, arguments and inputs that are garbage. Made by fast-check, so that a seed makes them again.
 */
import fc from 'fast-check'
import type { Limits, Program } from '../../kernel/index.js'
import { type Grammar, bash, c, python } from './statements.test-support.js'

export interface RandomProgram {
  readonly program: Program
  readonly limits: Partial<Limits>
}

/** Statements, now and then one around others, two levels deep at most. */
function body({ leaves, around }: Grammar): fc.Arbitrary<string> {
  const leaf = fc.oneof(...leaves)
  const several = (one: fc.Arbitrary<string>) =>
    fc.array(one, { minLength: 1, maxLength: 4 }).map((all) => all.join('\n'))
  const nested = (inner: fc.Arbitrary<string>) =>
    fc.tuple(several(inner), fc.constantFrom(...around)).map(([text, frame]) => frame(text))
  const block = fc.oneof({ weight: 5, arbitrary: leaf }, { weight: 2, arbitrary: nested(leaf) })
  return several(fc.oneof({ weight: 5, arbitrary: block }, { weight: 1, arbitrary: nested(block) }))
}

const modules =
  'import atexit, builtins, ctypes, faulthandler, gc, mmap, multiprocessing, os, resource, signal, socket, subprocess, sys, threading, time\nkeep = []\n'
const headers = [
  'alloca',
  'fcntl',
  'pthread',
  'signal',
  'stdio',
  'stdlib',
  'string',
  'sys/prctl',
  'sys/socket',
  'sys/syscall',
  'sys/wait',
  'unistd',
]
const inC = (text: string) =>
  `#define _GNU_SOURCE\n${headers.map((one) => `#include <${one}.h>\n`).join('')}int fds[2];\nint main(void) {\n${text}\n}\n`

const bytes = fc.uint8Array({ maxLength: 2000 })
const garbage = fc.oneof(
  fc.string({ maxLength: 50 }),
  fc.string({ unit: 'binary', maxLength: 50 }),
  fc.constantFrom('\0', '=', '..', '/', '-', '--', '*', '$(id)', '\n', '\ud800'),
)
const few = <T>(one: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 6, arbitrary: fc.constant<T[]>([]) }, { weight: 1, arbitrary: fc.array(one, { maxLength: 4 }) })

const source: fc.Arbitrary<{ language: string; entry: string; text: string | Uint8Array }> = fc.oneof(
  {
    weight: 9,
    arbitrary: body(python).map((text) => ({ language: 'python', entry: 'main.py', text: modules + text })),
  },
  { weight: 6, arbitrary: body(bash).map((text) => ({ language: 'bash', entry: 'main.sh', text })) },
  { weight: 3, arbitrary: body(c).map((text) => ({ language: 'c', entry: 'main.c', text: inC(text) })) },
  // Broken in the middle of a word.
  {
    weight: 1,
    arbitrary: fc
      .tuple(body(python), fc.nat(200))
      .map(([text, end]) => ({ language: 'python', entry: 'main.py', text: text.slice(0, end) })),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(['python', 'main.py'], ['bash', 'main.sh'], ['c', 'main.c'], ['perl', 'main.pl']), bytes)
      .map(([[language, entry], text]) => ({ language: language as string, entry: entry as string, text })),
  },
)

/** So tight that nothing lasts, and some of them at once. */
const limits: fc.Arbitrary<Partial<Limits>> = fc.record({
  cpuSeconds: fc.constantFrom(0.05, 0.1, 0.2),
  wallSeconds: fc.constantFrom(0.2, 0.4, 0.8),
  memoryMb: fc.constantFrom(32, 64, 128),
  outputBytes: fc.constantFrom(0, 10, 1000, 65_536),
  processes: fc.constantFrom(4, 8, 16),
  diskMb: fc.constantFrom(1, 2, 4),
})

export const randomProgram: fc.Arbitrary<RandomProgram> = fc
  .record({
    source,
    limits,
    args: few(garbage),
    env: few(fc.tuple(garbage, garbage)),
    files: few(fc.tuple(garbage, fc.oneof(garbage, bytes))),
    stdin: fc.oneof(
      { weight: 3, arbitrary: fc.constant('') },
      { weight: 1, arbitrary: fc.oneof(garbage, bytes) },
      { weight: 1, arbitrary: fc.constant('x'.repeat(200_000)) },
    ),
  })
  .map(({ source: { language, entry, text }, args, env, files, stdin, limits: tight }) => ({
    limits: tight,
    program: {
      language,
      entry,
      args,
      stdin,
      env: Object.fromEntries(env),
      files: { ...Object.fromEntries(files), [entry]: text },
    },
  }))
