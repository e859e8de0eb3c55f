/**
 * `npm start`: from a fresh clone to the first report. Installs, builds, and runs the bundled evaluation.
 * Uses nothing but Node itself until the dependencies are there.
 */
import { spawnSync } from 'node:child_process'

main(process.argv.slice(2)).then((code) => {
  process.exitCode = code
})

/** `engines` in package.json says the same; npm only warns about it. */
function nodeIsOld() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  return major < 20 || (major === 20 && minor < 19)
}

async function main(args) {
  if (nodeIsOld()) {
    console.error(
      `Cupel needs Node.js 20.19 or newer; this is ${process.versions.node}. Install a newer one, then run npm start again.`,
    )
    return 1
  }
  // Not imported at the top: an old Node would stop there with a syntax error instead of the sentence above.
  const { installIfNeeded } = await import('./install.mjs')
  const { root } = await import('./root.mjs')
  const { findCompiler } = await import('../src/execute/sandbox/native/build.mjs')
  const node = (...rest) => spawnSync(process.execPath, rest, { cwd: root, stdio: 'inherit' }).status ?? 1

  if (!installIfNeeded()) return 1
  if (findCompiler() === null)
    console.log(
      'Note: there is no C compiler here, so the native sandbox is not built; Cupel runs programs in WebAssembly.',
    )
  const built = node('scripts/build.mjs')
  if (built !== 0) return built
  const code = node('dist/cli/main.js', 'eval', 'first-assay', ...args)
  if (code === 0)
    console.log(
      [
        '',
        'Where to look next',
        '  cupel-runs/         the report and every event of this run, in its newest folder',
        '  README.md           what Cupel is for, and the same with a model of your own',
        '  npx cupel --help    all commands',
      ].join('\n'),
    )
  return code
}
