/** `--isolation remote:URL` as a user has it: a server in a process of its own, and the built command line. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { cupel, ensureBuilt, pythonFunctions, root, start, wholeLines, writeSolutions } from './command.test-support.js'

// A process for every test, on a machine that may be busy.
vi.setConfig({ testTimeout: 180_000 })

const token = 'a-token-for-tests'
const env = { CUPEL_REMOTE_TOKEN: token }
let folder: string
let server: Awaited<ReturnType<typeof serve>>

async function serve(port = 0) {
  const args = [join(root, 'scripts/serve-remote.mjs'), String(port)]
  const child: ChildProcess = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  })
  const [url] = (await once(createInterface({ input: child.stdout as NodeJS.ReadableStream }), 'line')) as [string]
  const end = async (signal: NodeJS.Signals) => {
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
  }
  return { url, end }
}

beforeAll(async () => {
  await ensureBuilt()
  folder = mkdtempSync(join(tmpdir(), 'cupel-remote-'))
  server = await serve()
}, 300_000)
afterAll(async () => {
  await server.end('SIGTERM')
  rmSync(folder, { recursive: true, force: true })
})

const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}
const isolation = () => ['--isolation', `remote:${server.url}`]

describe('a program', () => {
  it('runs on the server, and the result says so', async () => {
    const { code, stdout } = await cupel(['run', file('hello.py', 'print("hello")'), ...isolation(), '--json'], { env })
    const done = JSON.parse(stdout)
    expect([code, done.outcome, done.stdout]).toEqual([0, 'ok', 'hello\n'])
    expect(done.isolation).toMatchObject({ level: 'remote', server: server.url })
    expect(done.isolation.tier).toMatch(/^(native|wasm) /)
  })
  it('that fails is told from a server that does', async () => {
    expect((await cupel(['run', file('fails.py', 'raise SystemExit(3)'), ...isolation()], { env })).code).toBe(1)
  })
})

it('languages are those of the server', async () => {
  const { code, stdout } = await cupel(['languages', ...isolation(), '--json'], { env })
  const python = JSON.parse(stdout).find(({ id }: { id: string }) => id === 'python')
  expect([code, python]).toMatchObject([0, { isolation: 'remote', available: true }])
})

it('a session keeps its state there', async () => {
  const stdin = 'x = 20\ndef f(a):\n  return a * 2\n\nf(x) + 2\nimport os; os._exit(5)\n'
  const { code, stdout, stderr } = await cupel(['shell', 'python', ...isolation()], { env, stdin })
  expect([code, stdout]).toEqual([1, '42\n'])
  expect(stderr).toContain('exit code 5')
})

describe('an evaluation', () => {
  const verdicts = (out: string) =>
    wholeLines(join(out, 'verdicts.jsonl'))
      .map((line) => JSON.parse(line))
      .map(({ key, verdict }) => ({ key, kind: verdict.kind, tests: verdict.tests, evidence: verdict.evidence }))
      .sort((a, b) => (a.key < b.key ? -1 : 1))

  it('gives the verdicts that it gives here', async () => {
    const [here, there] = [join(folder, 'here'), join(folder, 'there')]
    const evaluation = ['eval', 'first-assay', '--first', '5', '--json', '--quiet']
    const local = await cupel([...evaluation, '--out', here])
    const remote = await cupel([...evaluation, '--out', there, ...isolation()], { env })
    expect(remote.code).toBe(local.code)
    expect(JSON.parse(remote.stdout).isolation.level).toBe('remote')
    expect(verdicts(here).length).toBeGreaterThan(10)
    expect(verdicts(there)).toEqual(verdicts(here))
  })

  it('goes on when the server dies and comes back', async () => {
    const samples = join(folder, 'samples.jsonl')
    const total = writeSolutions(samples, 60)
    const problems = pythonFunctions.map(({ task_id }) => task_id).join(',')
    const out = join(folder, 'interrupted')
    const mortal = await serve()
    const args = ['eval', 'first-assay', '--samples', samples, '--problems', problems, '--out', out, '--json']
    const { ended } = start([...args, '--isolation', `remote:${mortal.url}`], { env })
    while (wholeLines(join(out, 'verdicts.jsonl')).length < 10) await sleep(10)
    await mortal.end('SIGKILL')
    const judged = wholeLines(join(out, 'verdicts.jsonl')).length
    expect(judged).toBeLessThan(total)
    const reborn = await serve(Number(new URL(mortal.url).port))
    try {
      const { code, stdout } = await ended
      expect([code, JSON.parse(stdout).verdicts]).toEqual([0, { passed: total }])
    } finally {
      await reborn.end('SIGTERM')
    }
  })
})

describe('what is asked for is had or refused', () => {
  const hello = () => file('hello.py', 'print("hello")')
  it.each([
    ['nobody there', 'remote:http://127.0.0.1:9', 3, /the Cupel server at http:\/\/127\.0\.0\.1:9 cannot be reached/],
    ['a password in the address', 'remote:http://me:s3cret@127.0.0.1:9', 2, /put its token into CUPEL_REMOTE_TOKEN/],
    ['a token in the clear', 'remote:http://192.0.2.1', 2, /use https, or set CUPEL_REMOTE_INSECURE=1/],
    ['another protocol', 'remote:ftp://127.0.0.1', 2, /Allowed choices are auto, native, wasm, remote:http:/],
    ['no address', 'remote:', 2, /Allowed choices are auto, native, wasm, remote:http:/],
  ])('%s', async (_, choice, code, message) => {
    const ended = await cupel(['run', hello(), '--isolation', choice, '--json'], { env })
    expect([ended.code, ended.stderr.trimEnd().split('\n').length]).toEqual([code, 1])
    expect(ended.stderr).toMatch(message)
    expect(ended.stdout).not.toContain('hello')
    expect(ended.stdout + ended.stderr).not.toMatch(/s3cret|a-token-for-tests/)
  })
  it.each([
    [undefined, /wants a token \(401\): set CUPEL_REMOTE_TOKEN/],
    ['another', /refuses the token \(401\): check CUPEL_REMOTE_TOKEN/],
  ])('a token that is %s', async (CUPEL_REMOTE_TOKEN, message) => {
    const ended = await cupel(['run', hello(), ...isolation()], { env: { CUPEL_REMOTE_TOKEN } })
    expect([ended.code, ended.stdout]).toEqual([3, ''])
    expect(ended.stderr).toMatch(message)
  })
})
