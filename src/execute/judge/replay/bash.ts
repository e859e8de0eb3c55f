/**
 * Bash: a function is asked with texts, and gives what it prints and the status it ends with. What it sets for its caller does
 * not cross: published tests call it in subshells.
 */
import { readFileSync } from 'node:fs'
import type { Embedding } from './embedding.js'
import { helpers } from './header.js'

const examine = readFileSync(new URL('bash/examine.sh', import.meta.url), 'utf8')
const serve = readFileSync(new URL('bash/serve.sh', import.meta.url), 'utf8')

export const bash: Embedding = {
  language: 'bash',
  examiner({ trusted, script, entryPoint: name }) {
    const standIn = `${name}() { cupel_call ${name} "$@"; }`
    return { 'main.sh': `${examine}\n${helpers(trusted, heads, name)}\n${standIn}\n${script}\n` }
  },
  candidate({ entryPoint: name }, code) {
    return { 'main.sh': `cupel_name=${name}\n${serve}`, 'solution.sh': `${code}\n` }
  },
}

/** Heads of functions. */
const heads = /^[ \t]*(?:function[ \t]+)?([\w-]+)[ \t]*\(\)/gm
