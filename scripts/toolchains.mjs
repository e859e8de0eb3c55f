/**
 * The toolchains that the tests run and npm does not bring: those of the languages in the core of the conformance suite,
 * as their definitions name them. Cupel itself needs none of them: a language whose toolchain is missing falls back to
 * WebAssembly or is listed as not available.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './root.mjs'

/** Small to install, and run by every `npm test`; all others by `npm run conformance`. */
export const coreLanguages = JSON.parse(readFileSync(join(root, 'src/execute/languages/conformance/core.json'), 'utf8'))

/** What is built, since definitions are TypeScript. */
export function builtExecute() {
  return import(pathToFileURL(join(root, 'dist/execute/index.js')).href)
}

/**
 * Installs what is missing if this machine lets us, as `cupel setup` does, and says honestly what stays missing. Needs a
 * build. Returns the names of the languages that are there afterwards.
 */
export async function installToolchains(names = coreLanguages) {
  const { findLanguage, setUp } = await builtExecute()
  const onStart = ({ name }, packages) => console.log(`installing ${packages.join(' ')} for ${name} …`)
  const missing = []
  const there = []
  for await (const result of setUp(names.map(findLanguage), { onStart })) {
    if (result.status === 'present' || result.status === 'installed') there.push(result.language)
    else missing.push(result)
  }
  if (missing.length > 0) console.log('not installed, so tests that need them are skipped or fail:')
  for (const { language, reason, command, detail } of missing)
    console.log([`  ${language}: ${reason} (${command})`, ...(detail ? [detail] : [])].join('\n'))
  return there
}
