/** An install without the large packages: npm may leave out what is optional. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { Sandbox } from '../sandbox.js'
import type { Engine } from '../engine.js'
import { openWasmEngine } from './engine.js'
import { installedVersion } from './packages.js'

vi.mock('./packages.js', async (original) => {
  const real = await original<typeof import('./packages.js')>()
  const missing = ['php-wasm', '@yowasp/clang']
  return { ...real, installedVersion: (name: string) => (missing.includes(name) ? null : real.installedVersion(name)) }
})

let engine: Engine
beforeAll(async () => {
  engine = await openWasmEngine()
}, 60_000)
afterAll(() => engine.close())

it('lists what is there, and says how to get the rest', async () => {
  expect(await engine.version('php')).toBeNull()
  expect(await engine.version('c')).toBeNull()
  expect(await engine.version('perl')).toMatch(/^Perl 5\.\d+ \(@6over3\/zeroperl-ts \d/)
  expect(engine.install?.('php')).toBe('npm install php-wasm')
  expect(engine.install?.('perl')).toBeNull()
  expect(engine.install?.('cobol')).toBeNull()
  const program = { language: 'php', files: { 'main.php': '' }, entry: 'main.php' }
  await expect(engine.run(program, {} as never)).rejects.toThrow(
    /^php cannot run in WebAssembly yet.*npm install php-wasm/,
  )
})

it('the sandbox names both ways', async () => {
  const sandbox = await Sandbox.open({ isolation: 'wasm' })
  try {
    const status = Object.fromEntries((await sandbox.languages()).map((one) => [one.language, one]))
    expect(status.c).toMatchObject({ isolation: null, version: null })
    expect(status.c?.install).toMatch(/^apt-get install gcc.*, or: npm install @yowasp\/clang$/)
    expect(status.php?.install).toMatch(/npm install php-wasm$/)
    expect(status.ruby).toMatchObject({ isolation: 'wasm' })
    const program = { language: 'php', files: { 'main.php': '' }, entry: 'main.php' }
    await expect(sandbox.run(program)).rejects.toThrow(
      /php programs cannot be run here: install it with: .*npm install php-wasm/,
    )
  } finally {
    await sandbox.close()
  }
})

it('a package that is not there has no version', () => {
  expect(installedVersion('there-is-no-such-package')).toBeNull()
  expect(installedVersion('pyodide')).toMatch(/^\d+\.\d+/)
})
