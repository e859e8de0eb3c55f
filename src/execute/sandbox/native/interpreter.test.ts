import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { findPython } from './interpreter.js'

it('finds nothing on a PATH without Python, or where CUPEL_PYTHON leads nowhere', async () => {
  expect(await findPython({ PATH: '/nonexistent' })).toBeNull()
  expect(await findPython({ PATH: process.env.PATH, CUPEL_PYTHON: '/nonexistent' })).toBeNull()
})

it('prefers the system’s interpreter, and follows a shim to the real one', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cupel-shim-'))
  try {
    const system = await findPython({ PATH: '/usr/bin' })
    expect(system, 'npm test installs python3').not.toBeNull()
    writeFileSync(join(folder, 'python3'), '#!/bin/sh\nexec /usr/bin/python3 "$@"\n', { mode: 0o755 })
    expect(await findPython({ PATH: `${folder}:/usr/bin` })).toEqual(system)
    expect(await findPython({ PATH: folder })).toEqual(system)
    expect(existsSync(system?.path ?? '')).toBe(true)
    expect(system?.version).toMatch(/^3\.\d+\.\d+/)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

it('shows no more of a prefix than the interpreter needs, since that may be somebody’s home', async () => {
  const home = mkdtempSync(join(tmpdir(), 'cupel-home-'))
  try {
    for (const folder of ['bin', 'lib', '.ssh']) mkdirSync(join(home, folder))
    const answer = `printf '%s\\n' ${home}/bin/python3 3.12.1 ${home} ${home}`
    writeFileSync(join(home, 'bin/python3'), `#!/bin/sh\n${answer}\n`, { mode: 0o755 })
    const found = await findPython({ PATH: join(home, 'bin') })
    expect(found?.folders).toEqual([join(home, 'bin/python3'), join(home, 'lib')])
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
})
