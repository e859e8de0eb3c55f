/**
 * Kotlin: the stand-in is the body of the prompt's function. The candidate is called through a function with the prompt's own
 * head, so that the compiler decides, as it would in the tests, whether the candidate's fits.
 */
import { readFileSync } from 'node:fs'
import { Edits } from './edits.js'
import { type Embedding, type Files, NotEmbeddable } from './embedding.js'
import { closers, closed, leftOpen, type Header, openFunction, openTypes, withoutTexts } from './header.js'

export const kotlin: Embedding = {
  language: 'kotlin',
  examiner({ trusted, script, entryPoint }) {
    const open = declared(trusted, entryPoint)
    const args = ['object {}.javaClass.enclosingMethod', ...open.parameters.map(nameOf)]
    const call = `${returned(open)}cupel.Tests.call<${typeOf(open)}>(${args.join(', ')})`
    return {
      'Main.kt': `${trusted}\n${call}\n${closers(trusted, script, 'java')}\n${steadied(script)}\n`,
      ...guest('Tests'),
    }
  },
  candidate({ trusted, script, entryPoint }, given) {
    const code = closed(given, script, 'java')
    const open = declared(trusted, entryPoint)
    const edits = new Edits(code, 'java')
    const folder = packageOf(edits.plain)
    // A program has one main: ours.
    edits.each(/\bfun\s+main\b(?=\s*\()/g, () => 'fun cupelCandidateMain')
    return { 'CupelServing.kt': `${folder}\n${serving(trusted, open)}`, 'Main.kt': edits.made(), ...guest('Serving') }
  },
  beside({ script }, given, word) {
    const renamed = (text: string, name: string) => {
      const edits = new Edits(text, 'java')
      edits.each(/\bfun\s+main\b(?=\s*\()/g, () => `fun ${name}`)
      return edits.made()
    }
    if (!/\bfun\s+main\s*\(/.test(withoutTexts(script, 'java')))
      throw new NotEmbeddable('the test script has no main function')
    const code = leftOpen(given, script, 'java')
    const folder = packageOf(withoutTexts(code, 'java'))
    const takes = /\bfun\s+main\s*\(\s*\)/.test(withoutTexts(script, 'java')) ? '' : 'arrayOf<String>()'
    const entry = `${folder}\nfun main() { cupel.beside("${word}") { cupelScriptMain(${takes}) } }\n`
    const program = `${renamed(code, 'cupelCandidateMain')}\n${renamed(script, 'cupelScriptMain')}`
    return { files: { 'CupelBeside.kt': entry, 'Main.kt': program, ...guest('Beside') }, tests: 1 }
  },
}

function packageOf(plain: string): string {
  return /^\s*package\s+[\w.]+/m.exec(plain)?.[0].trim() ?? ''
}

function declared(trusted: string, entryPoint: string): Header {
  const open = openFunction(trusted, 'java')
  if (!open || !/\bfun\b/.test(open.front))
    throw new NotEmbeddable(`the prompt does not end inside the function ${entryPoint}`)
  return open
}

function guest(side: string): Files {
  const read = (name: string) => readFileSync(new URL(`kotlin/${name}.kt`, import.meta.url), 'utf8')
  return Object.fromEntries(['Lines', 'Values', side].map((name) => [`cupel/${name}.kt`, read(name)]))
}

function serving(trusted: string, open: Header): string {
  const imports = withoutTexts(trusted, 'java').match(/^[ \t]*import[ \t]+[^\n;]+/gm) ?? []
  const around = openTypes(withoutTexts(open.before, 'java'))
  if (around.length > 0) throw new NotEmbeddable(`the function ${open.name} of the prompt is in a class`)
  const generic = /\bfun\b\s*(<[\s\S]*>)?\s*$/.exec(open.front)?.[1] ?? ''
  const parameters = open.parameters.map((one) => one.replace(/\s*=[^>][\s\S]*$/, ''))
  return `${imports.join('\n')}
fun ${generic} cupelCall(${parameters.join(', ')}): ${typeOf(open)} {
  ${returned(open)}${open.name}(${open.parameters.map((one) => (/^vararg\s/.test(one) ? `*${nameOf(one)}` : nameOf(one))).join(', ')})
}
fun main() {
  cupel.serve(object {}.javaClass.enclosingClass)
}
`
}

function typeOf({ back }: Header): string {
  return back.replace(/^:\s*/, '').trim() || 'Unit'
}

function returned(open: Header): string {
  return typeOf(open) === 'Unit' ? '' : 'return '
}

function nameOf(parameter: string): string {
  const name = /^(?:(?:vararg|noinline|crossinline)\s+)*([\p{L}_][\p{L}\p{N}_]*|`[^`]+`)\s*:/u.exec(parameter)?.[1]
  if (!name) throw new NotEmbeddable(`the parameter «${parameter}» has no name`)
  return name
}

/**
 * Each run of the tests makes the same calls: nothing by chance and nothing by the clock. And the first of them that guesses
 * gets to see them all: what follows a guess is not thrown.
 */
function steadied(script: string): string {
  const edits = new Edits(script, 'java')
  edits.each(/\bjava\.util\.Random\s*\(\s*\)/g, () => 'java.util.Random(1)')
  edits.each(/\bMath\s*\.\s*random\s*\(/g, () => 'cupel.Tests.random(')
  edits.each(/\bSystem\s*\.\s*(?:currentTimeMillis|nanoTime)\s*\(/g, () => 'cupel.Tests.time(')
  edits.each(/(?<![.\w])Random\s*\.\s*(?=next)/g, () => 'cupel.Tests.lots.')
  edits.each(/\.(shuffled|shuffle|random)\s*\(\s*\)/g, ([, name]) => `.${name}(cupel.Tests.lots)`)
  // Not where the compiler would miss it: after a comparison with null it knows more.
  edits.each(
    /(\bif\s*\([^{}]*!=(?!\s*null\b)[^{}]*\)\s*\{\s*)throw\b/g,
    ([, before]) => `${before}if (cupel.Tests.deciding()) throw`,
  )
  return edits.made()
}
