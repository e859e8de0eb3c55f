import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'
import { root } from './root.mjs'

it('toolchains that cannot be installed are named with their reason, and stop nothing', () => {
  const module = pathToFileURL(join(root, 'scripts/toolchains.mjs')).href
  const program = `(await import(${JSON.stringify(module)})).installToolchains('tests')`
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    encoding: 'utf8',
    env: { PATH: '' },
  })
  expect(run.stdout).toContain('no apt-get here')
  expect(run.stdout).toContain('gcc: builds the native sandbox helper')
  expect(run.status).toBe(0)
})
