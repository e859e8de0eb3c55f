import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { cupel, ensureBuilt, root, start } from '../command.test-support.js'
import { CellLines } from './batch.js'

vi.setConfig({ testTimeout: 180_000 })
let folder: string
beforeAll(async () => {
  await ensureBuilt()
  folder = mkdtempSync(join(tmpdir(), 'cupel-shell-'))
}, 300_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const shell = (language: string, stdin: string, ...more: string[]) => cupel(['shell', language, ...more], { stdin })

describe('cells from a pipe', () => {
  it('keep their state, and blocks end where the next line stands at the margin', async () => {
    const lines =
      'x = 20\ndef f(a):\n  b = a\n\n  return b * 2\nf(x) + 2\nfor i in range(2):\n  print(i)\nelse:\n  print("end")\n'
    expect(await shell('python', lines)).toMatchObject({ code: 0, stdout: '42\n0\n1\nend\n' })
  })
  it('of several lines wait until they are complete', async () => {
    expect((await shell('javascript', 'let x = {\n  a: 1 }\nx.a + 1')).stdout).toBe('2\n')
    expect((await shell('bash', 'for i in 1 2; do\necho $i\ndone')).stdout).toBe('1\n2\n')
    expect((await shell('sql', 'select 1\n as a;')).stdout).toBe('a\n-\n1\n')
  })
  it('go on after one that fails, and the exit code tells', async () => {
    const { code, stdout, stderr } = await shell('python', '1/0\nprint("on")')
    expect([code, stdout]).toEqual([1, 'on\n'])
    expect(stderr).toMatch(/ZeroDivisionError/)
  })
  it('give one JSON document each', async () => {
    const { stdout } = await shell('python', 'print(1)\n2\nexit(3)\n4', '--json')
    const cells = stdout.trim().split('\n').map((line) => JSON.parse(line)) // biome-ignore format: one line
    expect(cells).toMatchObject([
      { outcome: 'ok', stdout: '1\n', results: [], ended: false },
      { outcome: 'ok', results: [{ 'text/plain': '2' }] },
      { outcome: 'runtime-error', ended: true, reason: 'exit code 3' },
    ])
  })
})

describe('cells from files', () => {
  it('share a session with the files put into it, up to the first that fails', async () => {
    const path = (name: string, text: string) => {
      writeFileSync(join(folder, name), text)
      return join(folder, name)
    }
    const data = path('data.txt', 'forty-two')
    const cells = [path('1.py', 'text = open("data.txt").read()\ntext'), path('2.py', 'nope'), path('3.py', 'print(3)')]
    const { code, stdout, stderr } = await cupel(['shell', 'python', ...cells, '--file', data])
    expect([code, stdout]).toEqual([1, "'forty-two'\n"])
    expect(stderr).toMatch(/NameError/)
  })
})

it('Ctrl-C stops the cell, and what was printed stays', async () => {
  const { child, ended } = start(['shell', 'python'], { stdin: 'print("begun")\nimport time; time.sleep(600)\n' })
  child.stdout?.once('data', () => setTimeout(() => child.kill('SIGINT'), 300))
  expect(await ended).toMatchObject({ code: 1, stdout: 'begun\n' })
})

it.each([
  [['shell', 'pyton'], 2, /there is no language «pyton»: did you mean python/],
  [['shell', 'c'], 2, /c has no sessions here; those that have: .*python/],
  [['shell', 'python', '/nowhere.py'], 2, /there is no file \/nowhere.py/],
  [['shell', 'python', '--isolation', 'wasm'], 3, /sessions need native isolation/],
])('%j says what to do', async (args, code, message) => {
  const ended = await cupel(args)
  expect(ended.code).toBe(code)
  expect(ended.stderr).toMatch(message)
})

describe('the prompt', () => {
  const script = spawnSync('script', ['--version']).status === 0
  if (!script) console.log('the prompt is not tested: no script(1) here, which makes a terminal (bsdutils)')
  it.skipIf(!script)('runs cells, forks, saves a picture and leaves', () => {
    const svg = join(folder, 'picture.svg')
    const lines = [
      'class P: _repr_svg_ = lambda s: "<svg/>"',
      '',
      'x = 1',
      ':fork 1',
      'x = 2',
      ':branch 1',
      'print("branch", x)',
      'P()',
      `:save ${svg}`,
      ':nonsense',
      ':quit',
    ]
    const command = `${process.execPath} ${join(root, 'dist/cli/main.js')} shell python`
    const input = `${lines.join('\r')}\r`
    const { stdout } = spawnSync('script', ['-qec', command, '/dev/null'], {
      input,
      encoding: 'utf8',
      timeout: 120_000,
    })
    expect(stdout).toMatch(/branch 1\r?\n/)
    expect(stdout).toMatch(/there is no command :nonsense/)
    expect(readFileSync(svg, 'utf8')).toBe('<svg/>')
  })
})

describe('lines become cells', () => {
  const gather = async (lines: string[], blankEnds: boolean) => {
    const open = (text: string) => /\($/.test(text.trim()) || /:\s*$/.test(text)
    const cells = new CellLines(
      { language: 'python', complete: async (source) => (open(source) ? 'incomplete' : 'complete') },
      { blankEnds },
    )
    const made: string[] = []
    for (const line of lines) made.push(...(await cells.push(line)))
    return [...made, cells.rest()]
  }
  it('where the language says so, blocks at an empty line or at the margin', async () => {
    const lines = ['if x:', '  a', '', 'f(', 'c']
    expect(await gather(lines, true)).toEqual(['if x:\n  a\n', 'f(\nc', ''])
    expect(await gather(lines, false)).toEqual(['if x:\n  a\n', 'f(\nc', ''])
    const whole = ['if x:', '  a', '', '  b', 'else:', '  c']
    expect(await gather(whole, false)).toEqual([whole.join('\n')])
  })
})
