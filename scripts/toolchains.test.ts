import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'
import { languages } from '../src/execute/languages/index.js'
import { root } from './root.mjs'
import { coreLanguages } from './toolchains.mjs'

it('toolchains that cannot be installed are named with their reason, and stop nothing', () => {
  const module = pathToFileURL(join(root, 'scripts/toolchains.mjs')).href
  const program = `console.log(await (await import(${JSON.stringify(module)})).installToolchains(['python']))`
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    encoding: 'utf8',
    env: { ...process.env, PATH: '', CUPEL_PYTHON: '/nonexistent' },
  })
  expect(run.stdout).toContain('not installed')
  expect(run.stdout).toMatch(/python: .*there is no apt-get here.*install .*python3/)
  expect(run.stdout).toMatch(/\[\]\n$/)
  expect(run.status).toBe(0)
})

it('the core is of languages Cupel knows', () => {
  const known = languages.map(({ name }) => name)
  expect(known).toEqual(expect.arrayContaining(coreLanguages))
  expect(coreLanguages.length).toBeGreaterThanOrEqual(12)
})
