import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Random } from '../kernel/index.js'
import { openRun } from './run.js'
import { readVerdicts, verdictsFile } from './verdict-records.js'

const here = dirname(fileURLToPath(import.meta.url))
let work: string
let compiled: string

beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'cupel-kill-'))
  for (const room of ['kernel', 'runs']) {
    mkdirSync(join(work, 'src', room), { recursive: true })
    const source = join(here, '..', room)
    for (const file of readdirSync(source)) {
      if (!file.endsWith('.ts') || file.endsWith('.test.ts')) continue
      const { outputText } = ts.transpileModule(readFileSync(join(source, file), 'utf8'), {
        compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022, verbatimModuleSyntax: true },
      })
      writeFileSync(join(work, 'src', room, file.replace(/\.ts$/, '.js')), outputText)
    }
  }
  writeFileSync(join(work, 'package.json'), '{"type":"module"}')
  symlinkSync(join(here, '..', '..', 'node_modules'), join(work, 'node_modules'), 'junction')
  compiled = join(work, 'src', 'runs', 'run.js')
})

afterAll(() => rmSync(work, { recursive: true, force: true }))

/** Lets the writer work for some flushes, ends it, and returns how many verdicts it said were safe. */
async function writeThenEnd(dir: string, flushes: number, signal: NodeJS.Signals): Promise<number> {
  const child = spawn(process.execPath, [join(here, 'fixtures', 'writer.mjs'), compiled, dir], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const closed = once(child, 'close')
  let errors = ''
  child.stderr.on('data', (chunk) => {
    errors += chunk
  })
  let safe = 0
  let seen = 0
  for await (const line of createInterface({ input: child.stdout })) {
    safe = Number(line)
    if (++seen === flushes) child.kill(signal)
  }
  await closed
  expect(errors).toBe('')
  expect(child.signalCode).toBe(signal)
  return safe
}

const start = {
  command: ['test'],
  benchmark: 'endless',
  options: {},
  isolation: null,
  started: '2024-01-01T00:00:00Z',
  cupel: '0',
  inputs: [],
}

it('loses no flushed verdict, keeps no torn line and repeats nothing over many kills', async () => {
  const dir = join(work, 'killed')
  const random = new Random(9)
  for (let round = 0; round < 10; round++) {
    const safe = await writeThenEnd(dir, 1 + random.int(12), 'SIGKILL')
    const samples: number[] = []
    for await (const { sample } of readVerdicts(dir)) samples.push(sample)
    // In order and without gaps or repetition: each session continued exactly where the file ended.
    expect(samples).toEqual(samples.map((_, i) => i))
    expect(samples.length).toBeGreaterThanOrEqual(safe)
  }
  const run = await openRun(dir, start, { resume: true })
  expect(run.recovery.malformed).toEqual([])
  expect(run.header.resumed).toHaveLength(10)
  run.close()
  const text = readFileSync(join(dir, verdictsFile), 'utf8')
  expect(text.endsWith('\n')).toBe(true)
  const keys = text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line).key)
  expect(new Set(keys).size).toBe(keys.length)
  expect(keys.length).toBe(run.judged)
})

it('writes what waits and frees the folder when it is told to stop', async () => {
  const dir = join(work, 'stopped')
  await writeThenEnd(dir, 3, 'SIGTERM')
  expect(readdirSync(dir).sort()).toEqual(['events.jsonl', 'run.json', 'verdicts.jsonl'])
  expect(readFileSync(join(dir, verdictsFile), 'utf8').endsWith('\n')).toBe(true)
})
