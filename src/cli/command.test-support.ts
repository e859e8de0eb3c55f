/** Starts the built command line as a user does. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))
const main = join(root, 'dist/cli/main.js')

export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

export interface CommandOptions {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly stdin?: string
}

/** Builds once where nobody has; another test file may be at it. */
export async function ensureBuilt(): Promise<void> {
  const lock = join(root, 'build/command-tests.lock')
  mkdirSync(join(root, 'build'), { recursive: true })
  while (!existsSync(main)) {
    try {
      mkdirSync(lock)
    } catch {
      await sleep(200)
      continue
    }
    try {
      const { status, stderr } = spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: root, encoding: 'utf8' })
      if (status !== 0) throw new Error(stderr)
    } finally {
      rmdirSync(lock)
    }
  }
}

export function start(
  args: readonly string[],
  options: CommandOptions = {},
): { child: ChildProcess; ended: Promise<Ended> } {
  const child = spawn(process.execPath, [main, ...args], {
    cwd: options.cwd ?? root,
    env: { ...process.env, NO_COLOR: '1', ...options.env },
    stdio: 'pipe',
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text
  })
  child.stdin.end(options.stdin ?? '')
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }))
  })
  return { child, ended }
}

export function cupel(args: readonly string[], options: CommandOptions = {}): Promise<Ended> {
  return start(args, options).ended
}

/** The ids of the bundled suite's Python functions: one execution judges a candidate of theirs. */
export const pythonFunctions = readFileSync(join(root, 'src/evaluate/benchmarks/first-assay/problems.jsonl'), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Record<'task_id' | 'language' | 'kind' | 'canonical_solution', string>)
  .filter(({ language, kind }) => language === 'python' && kind === 'function')

/** Those functions, solved `copies` times each in programs that differ. Returns how many. */
export function writeSolutions(path: string, copies: number): number {
  const lines = pythonFunctions.flatMap(({ task_id, canonical_solution }) =>
    Array.from({ length: copies }, (_, i) =>
      JSON.stringify({ task_id, solution: `${canonical_solution}\n# copy ${i}\n` }),
    ),
  )
  writeFileSync(path, `${lines.join('\n')}\n`)
  return lines.length
}

/** The whole lines of a file of JSON Lines that may still be written, or may not be there yet. */
export function wholeLines(path: string): string[] {
  if (!existsSync(path)) return []
  return readFileSync(path, 'utf8').split('\n').slice(0, -1)
}
