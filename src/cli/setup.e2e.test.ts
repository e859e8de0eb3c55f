/** `cupel setup` with an apt-get of our own on the PATH: nothing is installed. CUPEL_PYTHON makes Python come and go. */
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { cupel, ensureBuilt, root } from './command.test-support.js'

vi.setConfig({ testTimeout: 180_000 })

let folder: string
let python: string
let log: string

beforeAll(async () => {
  await ensureBuilt()
  // Builds the helper of the sandbox where that has not been done: below, the PATH may lack a compiler.
  expect((await cupel(['setup', 'python', '--dry-run'])).code).toBe(0)
}, 300_000)

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cupel-setup-'))
  python = join(folder, 'python-of-this-test')
  log = join(folder, 'log')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** `install` is what happens on `apt-get install`. */
function fakeApt(install: string): Record<string, string> {
  const script = `#!/bin/sh
echo "$*" >> ${log}
echo "a line of chatter"
case "$*" in *install*) ${install} ;; esac
`
  writeFileSync(join(folder, 'apt-get'), script)
  chmodSync(join(folder, 'apt-get'), 0o755)
  return { PATH: `${folder}:${process.env.PATH}`, CUPEL_PYTHON: python }
}
const calls = () => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : [])
const comes = () => `ln -s /usr/bin/python3 ${python}`
const aptCommand = 'sudo apt-get install --no-install-recommends python3'

const asRoot = process.getuid?.() === 0
if (!asRoot) console.log('installing is not tested: cupel setup calls apt-get only as root')

describe('setup', () => {
  it.each([
    [['setup', 'pythn'], /no language «pythn»: did you mean python/],
    [['setup', 'golnag'], /did you mean go\?/],
    [['setup', 'rust', 'c+++'], /did you mean .*cpp/],
    [['setup'], /name the languages .* or give --all/],
    [['setup', 'go', '--all'], /not both/],
  ])('%j is a usage error', async (args, message) => {
    const { code, stdout, stderr } = await cupel(args, { env: fakeApt('exit 1') })
    expect(stderr).toMatch(message)
    expect([code, stdout, calls()]).toEqual([2, '', []])
  })

  it('says what it would install, and installs nothing', async () => {
    const { code, stdout } = await cupel(['setup', 'py', '--dry-run', '--json'], { env: fakeApt('exit 1') })
    expect(JSON.parse(stdout)).toEqual({
      ok: true,
      command: aptCommand,
      languages: [{ language: 'python', status: 'planned', version: null, packages: ['python3'], command: aptCommand }],
    })
    expect([code, calls()]).toEqual([0, []])
  })

  it('leaves alone what is there', async () => {
    const env = { PATH: fakeApt('exit 1').PATH }
    const { code, stdout } = await cupel(['setup', 'python', 'py', '--json'], { env })
    const { ok, command, languages } = JSON.parse(stdout)
    expect([code, ok, command, languages.length, calls()]).toEqual([0, true, null, 1, []])
    expect(languages[0]).toMatchObject({ status: 'present', version: expect.stringMatching(/^Python 3/) })
  })

  it('with --all speaks of every language', async () => {
    const env = fakeApt('exit 1')
    const all = JSON.parse((await cupel(['setup', '--all', '--dry-run', '--json'], { env })).stdout).languages
    const known = JSON.parse((await cupel(['list', 'languages', '--json'], { env })).stdout)
    expect(all.map(({ language }: { language: string }) => language)).toEqual(
      known.map(({ name }: { name: string }) => name),
    )
  })

  it('without apt-get says what to type, and fails', async () => {
    const env = { PATH: folder, CUPEL_PYTHON: python }
    const { code, stdout } = await cupel(['setup', 'python'], { env })
    expect(code).toBe(3)
    expect(stdout).toMatch(/python +not installed +there is no apt-get here/)
    expect(stdout).toContain(`\n  ${aptCommand}\n`)
  })
})

describe.skipIf(!asRoot)('setup, as root', () => {
  it('installs, shows one line, and proves it by a probe', async () => {
    const { code, stdout, stderr } = await cupel(['setup', 'python'], { env: fakeApt(comes()) })
    expect(stdout).toMatch(/^python +installed +Python 3\.\d+\.\d+ [^\n]*\n$/)
    expect(stderr).toBe('python: installing python3 …\n')
    expect(code).toBe(0)
    expect(calls()).toEqual([
      expect.stringMatching(/-y .*update$/),
      expect.stringMatching(/-y .*install --no-install-recommends python3$/),
    ])
  })

  it('shows the end of what apt-get said only where it failed', async () => {
    const { code, stdout } = await cupel(['setup', 'python'], { env: fakeApt('echo "E: held back" >&2; exit 100') })
    expect(code).toBe(3)
    expect(stdout).toMatch(/^python +failed +apt-get could not install python3\n/)
    expect(stdout).toContain('    E: held back\n')
    expect(stdout).toContain(aptCommand)
  })

  it('does not trust packages that do not answer', async () => {
    const { code, stdout } = await cupel(['setup', 'python', '--json'], { env: fakeApt('true') })
    const { ok, languages } = JSON.parse(stdout)
    expect([code, ok]).toEqual([3, false])
    expect(languages[0]).toMatchObject({
      status: 'failed',
      reason: 'the packages are installed, but python does not answer inside the sandbox',
    })
  })

  const why = cannotBecomeNobody()
  if (why) console.log(`setup as an ordinary user is not tested: ${why}`)
  it.skipIf(why !== null)('as another user says what to type', () => {
    chmodSync(folder, 0o777)
    const env = { ...fakeApt(comes()), HOME: folder, CUPEL_CACHE: folder }
    const argv = [...nobody, process.execPath, join(root, 'dist/cli/main.js'), 'setup', 'python']
    const { status, stdout } = spawnSync('setpriv', argv, { env, cwd: '/', encoding: 'utf8' })
    expect(stdout).toMatch(/^python +not installed +only root may install packages\n/)
    expect(stdout).toContain(`\n  ${aptCommand}\n`)
    expect([status, calls()]).toEqual([3, []])
  })
})

const nobody = ['--reuid=65534', '--regid=65534', '--clear-groups']

function cannotBecomeNobody(): string | null {
  const built = join(root, 'dist/cli/main.js')
  const can = (...what: string[]) =>
    spawnSync('setpriv', ['--reuid=65534', '--regid=65534', '--clear-groups', 'test', ...what]).status === 0
  if (!can('-d', '/')) return 'setpriv is not here'
  if (!can('-r', built) || !can('-r', join(root, 'node_modules/commander/package.json')))
    return `user 65534 cannot read ${root}`
  return can('-x', process.execPath) ? null : `user 65534 cannot run ${process.execPath}`
}
