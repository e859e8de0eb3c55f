/** The cheat corpus against the judge of languages without a live examiner. */
import { execFileSync } from 'node:child_process'
import { judgeCorpus } from './cheats.test-support.js'

/** Each program takes their compilers a second or more. */
const slow = new Set(['scala', 'racket'])

judgeCorpus('javascript', 'native', { mode: 'replay' })
judgeCorpus('typescript', 'native')
for (const [language, command, asked = '--version'] of [
  ['ruby', 'ruby'],
  ['php', 'php'],
  ['perl', 'perl'],
  ['lua', 'lua5.4', '-v'],
  ['r', 'Rscript'],
  ['bash', 'bash'],
  ['racket', 'racket'],
  ['cpp', 'g++'],
  ['java', 'javac'],
  ['scala', 'scalac', '-version'],
  ['go', 'go', 'version'],
  ['rust', 'rustc'],
] as const)
  if (isThere(command, asked))
    judgeCorpus(language, 'native', { every: slow.has(language) && !process.env.CUPEL_ALL_CHEATS ? 3 : 1 })
  else console.log(`cheats in ${language} are not judged: there is no ${command} here`)

function isThere(command: string, asked: string): boolean {
  try {
    execFileSync(command, [asked], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
