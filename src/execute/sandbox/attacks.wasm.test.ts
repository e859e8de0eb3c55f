/**
 * The attack corpus against WebAssembly. Most programs start an interpreter of their own, which takes a second or more, so
 * every third attack is faced here; CUPEL_ALL_ATTACKS=1 faces all, as `cupel doctor --attacks --isolation wasm` does.
 */
import { describeAttacks, loadAttacks } from './attacks.test-support.js'

const languages = ['python', 'javascript', 'typescript', 'sql', 'lua']
const all = loadAttacks().filter(({ language, wasm }) => languages.includes(language) && !('not' in wasm))
const every = process.env.CUPEL_ALL_ATTACKS === '1' ? 1 : 3
const faced = all.filter((_, i) => i % every === 0)
const left = all.filter((_, i) => i % every !== 0)
if (left.length > 0)
  console.log(
    `wasm: ${left.length} of ${all.length} attacks are left out (CUPEL_ALL_ATTACKS=1 runs all): ${left.map(({ name }) => name).join(', ')}`,
  )

describeAttacks('wasm', faced)
