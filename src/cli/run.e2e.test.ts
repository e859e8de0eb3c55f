/** `cupel run` as a user meets it: its JSON, files out, folders, compiled programs, Ctrl-C. */
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { cupel, ensureBuilt, start } from './command.test-support.js'

// A process for every test, on a machine that may be busy.
vi.setConfig({ testTimeout: 180_000 })

let folder: string
let env: Record<string, string>
beforeAll(async () => {
  await ensureBuilt()
  folder = mkdtempSync(join(tmpdir(), 'cupel-run-'))
  env = { CUPEL_CACHE: join(folder, 'cache') }
}, 300_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function file(name: string, text: string): string {
  const path = join(folder, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
  return path
}

async function json(...args: string[]) {
  const { code, stdout, stderr } = await cupel(['run', ...args, '--json'], { env })
  return { code, stderr, ...JSON.parse(stdout) }
}

const common = ['outcome', 'exitCode', 'signal', 'stdout', 'stderr', 'cpuMs', 'wallMs', 'peakBytes', 'isolation']
const isWasm = ({ isolation }: { isolation: { level: string } }) => isolation.level === 'wasm'

it('prints an execution, and no more than there is to say', async () => {
  const keys = async (...args: string[]) => {
    const { stdout } = await cupel(['run', ...args, '--json'], { env })
    return Object.keys(JSON.parse(stdout))
  }
  const python = file('hello.py', 'print(1)')
  expect(await keys(python)).toEqual(common)
  expect(await keys(python, '--collect', '*')).toEqual([...common, 'files'])
  const failing = await keys(file('fails.py', 'raise SystemExit(3)'))
  expect(failing.sort()).toEqual([...common, 'reason'].sort())
})

it('of a compiled program tells the compile apart, and compiles once', async () => {
  const program = file('main.c', '#include <stdio.h>\nint main(void) { int unused; puts("hello"); return 0; }')
  const first = await json(program)
  if (isWasm(first)) return console.log('not tested: no native C here')
  expect(first).toMatchObject({ code: 0, outcome: 'ok', stdout: 'hello\n', compile: { ok: true, cached: false } })
  expect(Object.keys(first.compile).sort()).toEqual(
    ['ok', 'cached', 'stdout', 'stderr', 'cpuMs', 'wallMs', 'peakBytes'].sort(),
  )
  const second = await json(program)
  expect(second.compile).toEqual({ ...first.compile, cached: true })
  expect((await json(program, '--no-compile-cache')).compile).toMatchObject({ cached: false })
  expect((await cupel(['run', program], { env })).stderr).toMatch(/compiled before/)
  const wrong = await json(file('wrong.c', 'int main( {'))
  expect(wrong).toMatchObject({ code: 1, outcome: 'compile-error', compile: { ok: false }, exitCode: null })
  expect(wrong.stderr).toMatch(/error/)
})

it('writes the files it is asked for, and never over others', async () => {
  const program = file(
    'writes.py',
    'import os\nos.mkdir("d")\nopen("d/a.txt", "w").write("A")\nopen("b.bin", "wb").write(bytes([255]))\nopen("c.txt", "w").write("C")',
  )
  const results = join(folder, 'results')
  const first = await cupel(['run', program, '--files', results], { env })
  expect(first.code, first.stderr).toBe(0)
  expect(first.stderr).toMatch(/3 files written to /)
  expect(readFileSync(join(results, 'd/a.txt'), 'utf8')).toBe('A')
  expect(readFileSync(join(results, 'b.bin'))).toEqual(Buffer.from([255]))

  writeFileSync(join(results, 'c.txt'), 'mine')
  const again = await cupel(['run', program, '--files', results, '--collect', '*.txt'], { env })
  expect(again.code).toBe(1)
  expect(again.stderr).toMatch(/c\.txt was not written: .*--force/)
  expect(readFileSync(join(results, 'c.txt'), 'utf8')).toBe('mine')

  const forced = await json(program, '--files', results, '--collect', '*.txt', '--force')
  expect(forced.files).toEqual([{ path: 'c.txt', bytes: 1, text: 'C' }])
  expect(readFileSync(join(results, 'c.txt'), 'utf8')).toBe('C')
})

it('takes a folder as all its files', async () => {
  file('project/main.py', 'import lib.words, sys\nprint(lib.words.word, open("data.txt").read(), sys.argv[1:])')
  file('project/lib/words.py', 'word = "from the other"')
  file('project/data.txt', 'data')
  const project = join(folder, 'project')
  expect(await json(project, '--arg', 'x')).toMatchObject({ code: 0, stdout: "from the other data ['x']\n" })
  expect(await json(project, '--entry', 'lib/words.py')).toMatchObject({ code: 0, stdout: '' })
  const { code, stderr } = await cupel(['run', join(folder, 'project/lib'), '--language', 'bash', '--entry', 'none'], {
    env,
  })
  expect([code, stderr]).toEqual([2, expect.stringMatching(/--entry none is none of the files given/)])
})

it('shows bytes that are no text as U+FFFD, and gives them back in files', async () => {
  const program = file('bytes.py', 'import sys\nsys.stdout.buffer.write(b"a\\xffb")\nopen("x", "wb").write(b"\\xff")')
  const done = await json(program, '--collect', 'x')
  expect([done.stdout, done.files]).toEqual(['a\ufffdb', [{ path: 'x', bytes: 1, base64: '/w==' }]])
})

/** Processes of this machine whose command line has the word in it. */
function processesWith(word: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(word)
      } catch {
        return false // it has ended meanwhile
      }
    })
}

it.each([['SIGINT'], ['SIGTERM']] as const)('%s ends the program and leaves nothing', async (signal) => {
  const word = `314159${process.pid}${signal.length}`
  const program = file('sleeps.sh', `setsid sleep ${word} & echo begun > x; exec sleep ${word}`)
  const results = join(folder, `results-${signal}`)
  const { child, ended } = start(['run', program, '--isolation', 'native', '--files', results], { env })
  while (processesWith(word).length < 2) {
    if (child.exitCode !== null) return expect((await ended).stderr).toBe('')
    await sleep(20)
  }
  child.kill(signal)
  const { code, signal: by } = await ended
  expect(code === 130 || by === signal).toBe(true)
  while (processesWith(word).length > 0) await sleep(20)
  expect(readdirSync(folder)).not.toContain(`results-${signal}`)
})
