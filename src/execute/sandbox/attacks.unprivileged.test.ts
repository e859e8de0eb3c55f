/**
 * The attack corpus against tier B: the same sandbox for a user without any rights. Needs root to become such a user, and
 * a built `dist`. The attacks run in a process of that user; what they leave is looked for from here, with root's eyes.
 */
import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { it } from 'vitest'
import { describeResults, loadAttacks } from './attacks.test-support.js'
import { before, leaksSince, remains, serverDescriptors } from './attacks/remains.js'
import type { AttackResult } from './attacks/suite.js'

const built = fileURLToPath(new URL('../../../dist/execute', import.meta.url))
const nobody = ['--reuid=65534', '--regid=65534', '--clear-groups']

function whyNot(): string | null {
  if (process.getuid?.() !== 0) return 'only root can become another user'
  if (spawnSync('setpriv', [...nobody, 'test', '-r', join(built, 'index.js')]).status !== 0)
    return `user 65534 cannot read ${built} (not built, or in a private folder)`
  if (spawnSync('setpriv', [...nobody, 'test', '-x', process.execPath]).status !== 0)
    return `user 65534 cannot run ${process.execPath}`
  return null
}

/** Says `warm` when its servers are up and `done` with the results; goes on when a line comes in. */
const script = `import { createInterface } from 'node:readline'
import { Sandbox } from ${JSON.stringify(join(built, 'index.js'))}
import { Canaries } from ${JSON.stringify(join(built, 'sandbox/attacks/canaries.js'))}
import { loadAttacks } from ${JSON.stringify(join(built, 'sandbox/attacks/corpus.js'))}
import { runAttacks } from ${JSON.stringify(join(built, 'sandbox/attacks/suite.js'))}
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]()
const canaries = await Canaries.open()
const sandbox = await Sandbox.open({ isolation: 'native', workers: 2 })
const program = (language, entry, source) => ({ language, files: { [entry]: source }, entry })
for (const one of [program('python', 'main.py', 'print(1)'), program('javascript', 'main.js', 'console.log(1)')])
  await Promise.all([1, 2, 3, 4].map(() => sandbox.run(one)))
console.log('warm')
await lines.next()
const results = await runAttacks(sandbox, loadAttacks(), { canaries })
const short = results.map(({ attack, ...rest }) => ({ ...rest, name: attack.name }))
console.log('done' + JSON.stringify({ tier: (await sandbox.isolationOf('python')).tier, short }))
await lines.next()
await sandbox.close()
await canaries.close()
process.exit(0)
`

const reason = whyNot()
if (reason) it.skip(`tier B: ${reason}`)
if (reason) console.log(`tier B is not attacked: ${reason}`)
else
  describeResults('native, tier B', loadAttacks(), async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cupel-attacks-b-'))
    chmodSync(folder, 0o777)
    writeFileSync(join(folder, 'script.mjs'), script)
    const then = before()
    const child = spawn('setpriv', [...nobody, process.execPath, join(folder, 'script.mjs')], {
      env: { PATH: '/usr/bin:/bin', HOME: folder, CUPEL_CACHE: folder },
      cwd: '/',
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    try {
      const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
      const next = async (word: string) => {
        const { value, done } = await lines.next()
        if (done || !value.startsWith(word)) throw new Error(`the unprivileged process said «${value}», not «${word}»`)
        return value.slice(word.length)
      }
      await next('warm')
      const fresh = serverDescriptors()
      child.stdin.write('\n')
      const { tier, short } = JSON.parse(await next('done')) as {
        tier: string
        short: (AttackResult & { name: string })[]
      }
      if (tier !== 'B') throw new Error(`the unprivileged process had tier ${tier}`)
      const leaks = await leaksSince(fresh)
      child.stdin.end('\n')
      await new Promise((resolve) => child.once('exit', resolve))
      const attacks = new Map(loadAttacks().map((attack) => [attack.name, attack]))
      const results = short.flatMap(({ name, ...rest }) => {
        const attack = attacks.get(name)
        return attack ? [{ ...rest, attack }] : []
      })
      return { results, left: await remains(then), leaks }
    } finally {
      child.kill('SIGKILL')
      rmSync(folder, { recursive: true, force: true })
    }
  })
