/** Tier B: the same sandbox for a user without any rights. Needs root to become such a user, and a built `dist`. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync, chmodSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const built = fileURLToPath(new URL('../../../../dist/execute/index.js', import.meta.url))
const nobody = ['--reuid=65534', '--regid=65534', '--clear-groups']

function whyNot(): string | null {
  if (process.getuid?.() !== 0) return 'only root can become another user'
  if (spawnSync('setpriv', [...nobody, 'test', '-r', built]).status !== 0)
    return `user 65534 cannot read ${built} (not built, or in a private folder)`
  if (spawnSync('setpriv', [...nobody, 'test', '-x', process.execPath]).status !== 0)
    return `user 65534 cannot run ${process.execPath}`
  return null
}

const reason = whyNot()
if (reason) console.log(`tier B is not tested: ${reason}`)

it.skipIf(reason !== null)('holds for an unprivileged user, who judges, holds programs and gets their files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cupel-tier-b-'))
  chmodSync(folder, 0o777)
  const script = join(folder, 'script.mjs')
  writeFileSync(
    script,
    `import { Judge, Sandbox } from ${JSON.stringify(built)}
const sandbox = await Sandbox.open({ isolation: 'native' })
const probe = 'import os\\ntry:\\n  open("/proc/1/mem", "rb").read(1); print("reached")\\nexcept OSError: print("refused")'
const run = await sandbox.run({ language: 'python', files: { 'main.py': probe }, entry: 'main.py' })
const problem = { id: 'f', language: 'python', kind: 'function', prompt: '', entryPoint: 'f', publicTests: [], metadata: {} }
const suite = { kind: 'assertions', trusted: '', script: 'assert f(2) == 4', entryPoint: 'f' }
const kinds = []
for (const code of ['def f(x): return x * 2', 'def f(x): return x'])
  kinds.push((await new Judge(sandbox).judge({ problem, suite }, { code })).kind)
const attack = \`#include <sys/stat.h>
#include <unistd.h>
const char big[1 << 20] = "x";
int main(int n, char **v) { chmod("out", 0777); return execl("/bin/sh", "sh", "-c", "(echo changed > out) 2>&-; printf 1 > left", 0) + big[n]; }\`
const held = { language: 'c', files: { 'main.c': attack }, entry: 'main.c', collect: true }
const outcomes = []
for await (const done of sandbox.runInputs(held, [{}, {}, {}])) outcomes.push(done.outcome, done.files)
console.log(JSON.stringify({ tier: run.isolation.tier, stdout: run.stdout, kinds, outcomes }))
await sandbox.close()`,
  )
  try {
    const env = { PATH: '/usr/bin:/bin', HOME: folder, CUPEL_CACHE: folder }
    const out = execFileSync('setpriv', [...nobody, process.execPath, script], { env, cwd: '/', encoding: 'utf8' })
    const left = [{ path: 'left', bytes: 1, text: '1' }]
    expect(JSON.parse(out)).toEqual({
      tier: 'B',
      stdout: 'refused\n',
      kinds: ['passed', 'wrong'],
      outcomes: ['ok', left, 'ok', left, 'ok', left],
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
