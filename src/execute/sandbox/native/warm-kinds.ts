/**
 * How interpreters are kept warm, beside Python: node by a module of its own (zygote.cjs), others by a library that is
 * preloaded into them (preload.c). Both give the program what a fresh start gives it; where that is in doubt (an
 * environment variable that is read at the start, too few processes for its threads) it gets a fresh start.
 */
import { basename, dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Language, type Limits, type WarmStart, limitsFrom } from '../../../kernel/index.js'
import type { Check } from './pool.js'
import { type Frame, type Reply, endedBy, flag, jobType, strings } from './protocol.js'
import type { ServerCommand } from './server.js'
import { environment, filled } from './toolchains.js'

type Native = NonNullable<Language['native']>

const here = dirname(fileURLToPath(import.meta.url))
/** Below this the threads of an interpreter do not fit, and it fails in its own way. */
const fewProcesses = 24
/** What node or one of its libraries reads from its environment when it starts. */
const readAtStart = /^(NODE_|UV_|LD_|LC_|LANG$|LANGUAGE$|TZ$|TZDIR$|ICU_|OPENSSL_|SSL|MALLOC_|GLIBC_)/

export interface WarmProgram {
  readonly native: Native
  /** Name of the source file that Cupel gives to programs of the language. */
  readonly file: string
  readonly entry: string
  /** What stands for it where the toolchain wants a name. */
  readonly main: string
  readonly content: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly limits: Limits
}

/** The servers in which a program can be forked. */
export interface WarmServers {
  readonly key: string
  command(): ServerCommand
  check(): Check
}

export interface Surroundings {
  /** A server without an interpreter. */
  readonly cold: ServerCommand
  /** Where the warden was built. */
  readonly folder: string
  readonly node: string
}

/** Null for a program that needs a start of its own. */
export function warmServersFor(program: WarmProgram, around: Surroundings): WarmServers | null {
  const { warm } = program.native
  if (warm === undefined || warm === 'python' || program.limits.processes < fewProcesses) return null
  return warm === 'node' ? warmNode(program, around) : warmByStopping(program, warm, around)
}

const nodeCheck = `import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
const hash = createHash('sha256').update('x').digest('hex').slice(0, 4)
await new Promise((resolve) => setTimeout(resolve, 1))
console.log(process.argv.slice(2).join(), hash, readFileSync(0, 'utf8'), Math.random())`

function warmNode({ native, entry, env, limits }: WarmProgram, around: Surroundings): WarmServers | null {
  if (entry.startsWith('-') || Object.keys(env).some((name) => readAtStart.test(name))) return null
  const start = filled(native.run.slice(0, native.run.indexOf('{file}')), { node: around.node, limits })
  const files = [`${here}/zygote.cjs`, `${here}/warm.cjs`, `${around.folder}/warden-node.node`]
  const begin = [...start, '--require', '/cupel/zygote.cjs', '/tmp/work/main.js']
  const test = { words: ['check.mjs', 'a', 'b'], name: 'check.mjs', source: nodeCheck }
  return {
    key: JSON.stringify(start),
    command: () => inside(around, files, begin),
    check: () => checkOf(native, test, /^a,b 2d71 (|text\n) (0\.\d+)\n$/),
  }
}

/** It was started with the name of the program, without arguments and with the clean environment: only those suit it. */
function warmByStopping(program: WarmProgram, warm: WarmStart, around: Surroundings): WarmServers | null {
  const { native, file, entry, main, content, args, env, limits } = program
  if (entry !== file || args.length > 0 || Object.keys(env).length > 0 || warm.unlike?.test(content)) return null
  const variables = environment(native, limits).toString('utf8').split('\0').slice(0, -1)
  const command = filled(native.run, {
    node: around.node,
    limits,
    entry,
    files: [entry],
    main,
  })
  const own = [
    'LD_PRELOAD=/cupel/warden-preload.so',
    `CUPEL_STOP_AT=${warm.stopAt ?? `/tmp/work/${file}`}`,
    `CUPEL_PROGRAM=${file}`,
    `CUPEL_PLACEHOLDER=${warm.placeholder ?? ''}`,
  ]
  const files = [`${around.folder}/warden-preload.so`]
  return {
    key: JSON.stringify([variables, command]),
    command: () => inside(around, files, ['/usr/bin/env', '-i', ...variables, ...own, ...command]),
    check: () => checkOf(native, { words: [file], name: file, source: warm.check }, warm.prints),
  }
}

function inside({ cold }: Surroundings, files: readonly string[], begin: readonly string[]): ServerCommand {
  const binds = files.flatMap((file) => ['--bind', file, `/cupel/${basename(file)}`])
  return { path: cold.path, args: [...cold.args, ...binds, '--like-a-job', '--', ...begin] }
}

interface Test {
  readonly words: readonly string[]
  readonly name: string
  readonly source: string
}

/** Once without and once with input. */
function checkOf(native: Native, { words, name, source }: Test, prints: RegExp): Check {
  const limits = limitsFrom({ cpuSeconds: 30, wallSeconds: 60 })
  const flags = flag.warm | (native.reservesAddressSpace ? flag.noAddressSpaceLimit : 0)
  const frames = ['', 'text\n'].map((input): Frame => {
    const blobs = [strings(words), environment(native, limits), Buffer.from(input), Buffer.alloc(0)]
    return { type: jobType.run, flags, limits, blobs: [...blobs, Buffer.from(name), Buffer.from(source)] }
  })
  return { frames, passes: (replies) => allPrint(replies, prints) }
}

/** The last group is a random number: no two may have the same. */
function allPrint(replies: readonly Reply[], prints: RegExp): boolean {
  const numbers = replies.map(({ endedBy: how, exitCode, stdout, stderr }) => {
    if (how !== endedBy.itself || exitCode !== 0 || stderr.length > 0) return undefined
    return prints.exec(stdout.toString('utf8'))?.at(-1)
  })
  return !numbers.includes(undefined) && new Set(numbers).size === numbers.length
}
