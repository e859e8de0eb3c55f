/** The same executions in a process of a user without any rights, so that they get tier B. Needs root to become one. */
import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const built = fileURLToPath(new URL('../../dist/execute/index.js', import.meta.url))
const nobody = ['--reuid=65534', '--regid=65534', '--clear-groups']

/** Why it cannot be measured here, or null. */
export function whyNotUnprivileged() {
  if (process.getuid?.() !== 0) return 'only root can become another user'
  for (const [flag, path] of [
    ['-r', built],
    ['-x', process.execPath],
  ])
    if (spawnSync('setpriv', [...nobody, 'test', flag, path]).status !== 0) return `user 65534 cannot use ${path}`
  return null
}

const script = `import { createInterface } from 'node:readline'
import { Sandbox } from ${JSON.stringify(built)}
const [lanes, program] = JSON.parse(process.argv[2])
const sandbox = await Sandbox.open({ isolation: 'native', workers: lanes })
console.log((await sandbox.isolationOf(program.language)).tier)
for await (const count of createInterface({ input: process.stdin })) {
  const began = performance.now()
  for await (const done of sandbox.runMany(Array.from({ length: Number(count) }, () => program)))
    if (done.stdout !== '1\\n') throw new Error(JSON.stringify(done))
  console.log(Number(count) / ((performance.now() - began) / 1000))
}
await sandbox.close()
`

/** @param {number} lanes @param {object} program */
export async function openUnprivileged(lanes, program) {
  const folder = mkdtempSync(join(tmpdir(), 'cupel-unprivileged-'))
  chmodSync(folder, 0o777)
  writeFileSync(join(folder, 'lanes.mjs'), script)
  const command = [...nobody, process.execPath, join(folder, 'lanes.mjs'), JSON.stringify([lanes, program])]
  const env = { PATH: '/usr/bin:/bin', HOME: folder, CUPEL_CACHE: folder }
  const child = spawn('setpriv', command, { env, cwd: '/', stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async () => {
    const { value, done } = await lines.next()
    if (done) throw new Error('the sandbox of the unprivileged user ended')
    return value
  }
  const tier = await next()
  return {
    tier,
    async perSecond(count) {
      child.stdin.write(`${count}\n`)
      return Number(await next())
    },
    close() {
      child.kill('SIGKILL')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
