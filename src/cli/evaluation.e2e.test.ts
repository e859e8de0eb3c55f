import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { cupel, ensureBuilt, pythonFunctions, start, wholeLines, writeSolutions } from './command.test-support.js'

// A process for every test, on a machine that may be busy.
vi.setConfig({ testTimeout: 180_000 })

let folder: string
let samples: string
const problems = pythonFunctions.map(({ task_id }) => task_id).join(',')

beforeAll(ensureBuilt, 300_000)
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cupel-eval-'))
  samples = join(folder, 'samples.jsonl')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const evaluation = (...more: string[]) => ['eval', 'first-assay', '--samples', samples, '--problems', problems, ...more]
const keys = (out: string) => wholeLines(join(out, 'verdicts.jsonl')).map((line) => JSON.parse(line).key as string)

/** Starts an evaluation, waits for so many verdicts, sends the signal, and returns how it ended. */
async function interrupted(out: string, signal: NodeJS.Signals, after = 10) {
  const { child, ended } = start(evaluation('--out', out, '--json'))
  let over = false
  void ended.then(() => {
    over = true
  })
  while (!over && wholeLines(join(out, 'verdicts.jsonl')).length < after) await sleep(10)
  child.kill(signal)
  return ended
}

describe('eval', () => {
  it('prints the summary, leaves the run, and is content when all is well', async () => {
    const total = writeSolutions(samples, 1)
    const out = join(folder, 'run')
    const { code, stdout } = await cupel(evaluation('--out', out, '--json', '--quiet'))
    const summary = JSON.parse(stdout)
    expect(code).toBe(0)
    expect(summary).toMatchObject({
      benchmark: 'first-assay',
      problems: total,
      candidates: total,
      verdicts: { passed: total },
      incomplete: false,
      out,
    })
    expect(summary.passAtK['1']).toEqual({ value: 1, low: 1, high: 1, problems: total })
    expect(summary.isolation.level).toMatch(/native|wasm/)
    expect(existsSync(join(out, 'summary.json'))).toBe(true)
    const again = await cupel(evaluation('--out', out))
    expect([again.code, again.stdout]).toEqual([2, ''])
    expect(again.stderr).toContain('--resume')
  })

  it('names a malformed line, judges the others, and ends with 1', async () => {
    const total = writeSolutions(samples, 1)
    appendFileSync(samples, '{"task_id": "assay/python/mak\n{"task_id": "assay/python/none", "solution": "x"}\n')
    const { code, stdout, stderr } = await cupel(evaluation('--out', join(folder, 'run'), '--json'))
    const summary = JSON.parse(stdout)
    expect([code, summary.candidates, summary.incomplete]).toEqual([1, total, true])
    expect(summary.missing.lines[0]).toEqual({
      line: total + 1,
      reason: expect.stringContaining(`line ${total + 1} is not JSON`),
    })
    expect(stderr).toContain(`line ${total + 1} is not JSON`)
  })

  it('leaves no folder behind for a file that is not there', async () => {
    const { code } = await cupel(evaluation('--out', join(folder, 'run')))
    expect([code, existsSync(join(folder, 'run'))]).toEqual([2, false])
  })

  it('shows recorded candidates problem by problem, in a new folder below cupel-runs', async () => {
    const args = [
      'eval',
      'first-assay',
      '--problems',
      'assay/python/merge-shifts,assay/python/make-slug',
      '--workers',
      '2',
    ]
    const { code, stdout } = await cupel(args, { cwd: folder })
    expect([0, 1]).toContain(code)
    expect(stdout).toMatch(/^assay\/python\/make-slug {2,}passed {2}wrong {2}wrong {2}refused$/m)
    expect(stdout).toMatch(/^pass@1 +\d+\.\d % +\d+\.\d % to \d+\.\d %$/m)
    expect(stdout).toMatch(/^run +cupel-runs\/first-assay-\d{8}-\d{6} /m)
    expect(stdout).toMatch(/^isolation .*: python$/m)
  })

  it('asks a model through a method with options and a budget', async () => {
    const replies = join(folder, 'replies.json')
    writeFileSync(replies, JSON.stringify(Array(20).fill('```python\ndef make_slug(title):\n    return title\n```')))
    const args = [
      'eval',
      'first-assay',
      '--problems',
      'assay/python/make-slug',
      '--method',
      'direct',
      '--model',
      `scripted:${replies}`,
    ]
    const { code, stdout, stderr } = await cupel([
      ...args,
      '-o',
      'n=3',
      '--seed',
      '7',
      '--budget-calls',
      '5',
      '--out',
      join(folder, 'run'),
      '--json',
    ])
    expect(stderr).not.toMatch(/^cupel:/m)
    expect([code, JSON.parse(stdout).candidates]).toEqual([0, 3])
    const header = JSON.parse(readFileSync(join(folder, 'run', 'run.json'), 'utf8'))
    expect(header.options).toMatchObject({ method: 'direct', seed: 7 })
  })

  it('continues after kill -9 without judging anything twice or losing it', async () => {
    const total = writeSolutions(samples, 12)
    const out = join(folder, 'run')
    expect((await interrupted(out, 'SIGKILL')).signal).toBe('SIGKILL')
    const before = keys(out)
    expect(before.length).toBeGreaterThanOrEqual(10)
    expect(before.length).toBeLessThan(total)
    const { code, stdout } = await cupel(evaluation('--out', out, '--resume', '--json', '--quiet'))
    const summary = JSON.parse(stdout)
    expect([code, summary.candidates, summary.verdicts]).toEqual([0, total, { passed: total }])
    expect(summary.executions).toBe(total - before.length)
    expect(keys(out).slice(0, before.length)).toEqual(before)
    expect(new Set(keys(out)).size).toBe(total)
  }, 300_000)

  it('continues thousands of repeated samples after kill -9, and runs each program once in a session', async () => {
    const distinct = writeSolutions(samples, 2)
    const once = readFileSync(samples, 'utf8')
    const repeated = Math.ceil(10_000 / distinct)
    // Equal programs are far apart, as in a file that goes round the problems.
    writeFileSync(samples, once.repeat(repeated))
    const total = distinct * repeated
    const out = join(folder, 'run')
    expect((await interrupted(out, 'SIGKILL', 500)).signal).toBe('SIGKILL')
    const before = keys(out)
    expect(before.length).toBeGreaterThanOrEqual(500)
    expect(before.length).toBeLessThan(total)
    const { code, stdout } = await cupel(evaluation('--out', out, '--resume', '--json', '--quiet'))
    const summary = JSON.parse(stdout)
    expect([code, summary.candidates, summary.verdicts]).toEqual([0, total, { passed: total }])
    expect(summary.executions).toBe(distinct)
    expect(keys(out).slice(0, before.length)).toEqual(before)
    expect([keys(out).length, new Set(keys(out)).size]).toEqual([total, total])
  }, 300_000)

  it('stops in order at Ctrl-C and says how to go on', async () => {
    const total = writeSolutions(samples, 12)
    const out = join(folder, 'run')
    const { code, stdout, stderr } = await interrupted(out, 'SIGINT')
    expect([code, JSON.parse(stdout).stopped]).toEqual([130, true])
    expect(stderr).toContain('continue with --resume')
    const before = keys(out)
    expect(existsSync(join(out, 'lock'))).toBe(false)
    const resumed = await cupel(evaluation('--out', out, '--resume', '--json', '--quiet'))
    const summary = JSON.parse(resumed.stdout)
    expect([resumed.code, summary.candidates, summary.executions]).toEqual([0, total, total - before.length])
  }, 300_000)
})

describe('doctor', () => {
  it('catches every cheat and fails no honest program', async () => {
    const { code, stdout } = await cupel(['doctor', '--json', '--quiet'], {
      env: { OPENAI_API_KEY: 'not-to-be-shown' },
    })
    const found = JSON.parse(stdout)
    for (const { language, cheats, caught, passed, honest, failed, skipped } of found.cheats) {
      expect({ language, passed, failed }).toEqual({ language, passed: [], failed: [] })
      expect(caught).toBe(cheats)
      // Without its toolchain a language is not faced, and each of its programs says so.
      expect(honest + skipped.length, language).toBeGreaterThan(0)
    }
    expect(found.cheats.map(({ language }: { language: string }) => language)).toEqual(
      expect.arrayContaining(['javascript', 'python', 'ruby', 'cpp', 'java']),
    )
    expect([code, found.ok]).toEqual([0, true])
    expect(found.providers).toContainEqual({ name: 'openai', set: ['OPENAI_API_KEY'], unset: expect.any(Array) })
    expect(stdout).not.toContain('not-to-be-shown')
  }, 300_000)

  it('probes quickly without the cheats', async () => {
    const { code, stdout } = await cupel(['doctor', '--no-cheats'])
    expect(code).toBe(0)
    for (const part of ['isolation', 'languages', 'data', 'model providers'])
      expect(stdout).toMatch(new RegExp(`^${part}$`, 'm'))
    expect(stdout).not.toContain('caught')
  })
})
