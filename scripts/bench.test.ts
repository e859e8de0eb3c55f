import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { root } from './root.mjs'

it('bench lists what there is when asked for something else', () => {
  const run = spawnSync(process.execPath, [join(root, 'scripts/bench.mjs'), 'no-such-benchmark'], { encoding: 'utf8' })
  expect(run.stderr).toContain('no benchmark is called no-such-benchmark')
  expect(run.status).toBe(2)
})
