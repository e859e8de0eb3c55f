/**
 * `npm test`: builds, brings what the tests need, and runs Vitest with the arguments given.
 * Exits with Vitest's exit code.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { installIfNeeded } from './install.mjs'
import { root } from './root.mjs'
import { installToolchains } from './toolchains.mjs'

process.exitCode = await main(process.argv.slice(2))

async function main(args) {
  if (!installIfNeeded()) return 1
  // The tests of the command line start the built one, and the toolchains are named in what is built.
  const built = node(['scripts/build.mjs'], process.env)
  if (built !== 0) return built
  await installToolchains()
  return node(['node_modules/vitest/vitest.mjs', 'run', ...args], { ...process.env, ...dataFolder() })
}

/** Published data sets, where they lie beside the repository; tests that want them say so where there are none. */
function dataFolder() {
  const beside = join(root, '../shared/data')
  return process.env.CUPEL_DATA === undefined && existsSync(beside) ? { CUPEL_DATA: beside } : {}
}

function node(args, env) {
  return spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit', env }).status ?? 1
}
