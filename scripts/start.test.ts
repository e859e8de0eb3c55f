import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { root } from './root.mjs'

it('start says what to do on an old Node, before anything else', () => {
  const old = 'data:text/javascript,Object.defineProperty(process.versions,"node",{value:"18.19.0"})'
  const run = spawnSync(process.execPath, ['--import', old, join(root, 'scripts/start.mjs')], { encoding: 'utf8' })
  expect(run.stderr).toContain('needs Node.js 20.19 or newer; this is 18.19.0')
  expect(run.stdout).toBe('')
  expect(run.status).toBe(1)
})
