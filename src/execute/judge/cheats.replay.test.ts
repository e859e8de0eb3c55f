/** The cheat corpus against the judge of languages without a live examiner. */
import { execFileSync } from 'node:child_process'
import { judgeCorpus } from './cheats.test-support.js'

judgeCorpus('javascript', 'native', { mode: 'replay' })
judgeCorpus('typescript', 'native')
for (const [language, command] of [
  ['ruby', 'ruby'],
  ['php', 'php'],
  ['perl', 'perl'],
  ['cpp', 'g++'],
  ['java', 'javac'],
  ['scala', 'scalac'],
  ['go', 'go'],
  ['rust', 'rustc'],
] as const)
  if (isThere(command)) judgeCorpus(language, 'native')
  else console.log(`cheats in ${language} are not judged: there is no ${command} here`)

function isThere(command: string): boolean {
  try {
    execFileSync(command, [command === 'go' ? 'version' : command === 'scalac' ? '-version' : '--version'], {
      stdio: 'ignore',
    })
    return true
  } catch {
    return false
  }
}
