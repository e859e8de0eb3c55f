/** The rules of `.dependency-cruiser.cjs` on small houses, each with one wrong import: a rule must be able to fail. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { root } from './root.mjs'

let house: string

beforeEach(() => {
  house = mkdtempSync(join(tmpdir(), 'cupel-floors-'))
  write('tsconfig.json', '{ "compilerOptions": { "module": "nodenext" } }')
  write(
    'package.json',
    '{ "type": "module", "dependencies": { "zod": "4" }, "devDependencies": { "fast-check": "4" } }',
  )
  for (const name of ['zod', 'fast-check']) {
    write(`node_modules/${name}/package.json`, `{ "name": "${name}", "main": "index.js" }`)
    write(`node_modules/${name}/index.js`, 'module.exports = {}')
  }
  // An allowed house: every room imports from below, a test from beside it.
  write('src/kernel/index.ts', "import { z } from 'zod'\nexport const kernel = z\n")
  write('src/execute/index.ts', "import { readFileSync } from 'node:fs'\nexport { kernel } from '../kernel/index.js'\n")
  write('src/models/index.ts', "export type { kernel } from '../kernel/index.js'\nexport const models = 1\n")
  write('src/models/index.test.ts', "import 'fast-check'\nimport '../execute/index.js'\nimport './index.js'\n")
  write('src/generate/index.ts', "import '../execute/index.js'\nimport '../models/index.js'\n")
  write('src/evaluate/index.ts', "import '../generate/index.js'\n")
  write('src/runs/index.ts', "import '../evaluate/index.js'\n")
  write('src/cli/main.ts', "import '../runs/index.js'\nimport '../kernel/index.js'\n")
})
afterEach(() => rmSync(house, { recursive: true }))

function write(path: string, text: string) {
  mkdirSync(dirname(join(house, path)), { recursive: true })
  writeFileSync(join(house, path), text)
}

/** What the cruiser finds: `file: rule`, sorted. */
function violations(): string[] {
  const cruiser = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
  const config = join(root, '.dependency-cruiser.cjs')
  const run = spawnSync(process.execPath, [cruiser, '--config', config, '--output-type', 'json', 'src'], {
    cwd: house,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  })
  const found = JSON.parse(run.stdout).summary.violations as { from: string; rule: { name: string } }[]
  return found.map(({ from, rule }) => `${from}: ${rule.name}`).sort()
}

it('finds nothing wrong with a house in order', () => {
  expect(violations()).toEqual([])
})

it('catches each wrong import, and nothing else', () => {
  const wrong = [
    ['src/attic/index.ts', '../kernel/index.js', 'unknown-room'],
    ['src/execute/reaches-up.ts', '../generate/index.js', 'execute-is-below'],
    ['src/kernel/does-io.ts', 'node:fs', 'kernel-does-no-io'],
    ['src/kernel/reaches-up.ts', '../execute/index.js', 'kernel-is-below'],
    ['src/models/dangling.ts', './nowhere.js', 'nothing-unresolved'],
    ['src/models/reaches-up.test.ts', '../runs/index.js', 'models-is-below'],
    ['src/models/sideways.ts', '../execute/index.js', 'models-stands-alone'],
    ['src/models/uses-test.ts', './index.test.js', 'nothing-imports-a-test'],
    ['src/runs/dev.ts', 'fast-check', 'no-dev-dependency-in-the-product'],
  ] as const
  for (const [file, to] of wrong) write(file, `import '${to}'\n`)
  write('src/execute/egg.ts', "import './hen.js'\n")
  write('src/execute/hen.ts', "import './egg.js'\n")
  write('src/models/type-from-above.ts', "import type { x } from '../runs/index.js'\n")
  expect(violations()).toEqual(
    [
      ...wrong.map(([file, , rule]) => `${file}: ${rule}`),
      // A cycle is reported once.
      'src/execute/egg.ts: no-cycles',
      'src/models/type-from-above.ts: models-is-below',
    ].sort(),
  )
})
