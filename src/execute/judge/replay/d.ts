/** D: the prompt's declaration says which types cross; the stand-in is its body. Prompts end before the brace. */
import { readFileSync } from 'node:fs'
import { Edits } from './edits.js'
import { type Embedding, NotEmbeddable } from './embedding.js'
import { splitTop, withoutTexts } from './header.js'

const cupel = readFileSync(new URL('d/cupel.d', import.meta.url), 'utf8')

export const d: Embedding = {
  language: 'd',
  examiner({ trusted, script, entryPoint }) {
    const open = declared(trusted, entryPoint)
    const args = [JSON.stringify(open.name), ...open.parameters.map(nameOf)].join(', ')
    const body = `return cupel.call!(typeof(return))(${args});`
    const { text, run } = withoutHarness(script)
    const main = `void main() { cupel.tests(${run.join(', ')}); }`
    return {
      'main.d': `static import cupel;\n${/\{\s*$/.test(trusted) ? trusted : `${trusted}{`}\n${body}\n}\n${text}\n${main}\n`,
      'cupel.d': cupel,
    }
  },
  candidate({ trusted, entryPoint }, code) {
    const open = declared(trusted, entryPoint)
    const types = [open.result, ...open.parameters.map((one) => one.slice(0, -nameOf(one).length).trim())]
    const edits = new Edits(code, 'slashes')
    // A program has one main: ours. Its module is the program's.
    edits.each(/\b(?:void|int)\s+main(?=\s*\()/g, ([found]) => found.replace('main', 'cupelCandidateMain'))
    edits.each(/^\s*module\s+[\w.]+\s*;/g, () => '')
    const imports =
      withoutTexts(trusted)
        .match(/^\s*import\s[^;]+;/gm)
        ?.join('') ?? ''
    const main = `void main() { ${imports.replaceAll('\n', ' ')} cupel.serve!(${open.name}, ${types.join(', ')})(); }`
    return { 'main.d': `${edits.made()}\nstatic import cupel;\n${main}\n`, 'cupel.d': cupel }
  },
  cannotCross: /cupel: this type cannot cross/,
}

interface Declared {
  readonly name: string
  readonly result: string
  readonly parameters: readonly string[]
}

/** The function whose head ends the prompt; its result may have parentheses of its own: `Tuple!(long, long) f(long x)`. */
function declared(trusted: string, entryPoint: string): Declared {
  const plain = withoutTexts(trusted)
    .replace(/\{\s*$/, '')
    .trimEnd()
  let open = plain.length - 1
  for (let depth = 0; open >= 0; open--) {
    depth += plain[open] === ')' ? 1 : plain[open] === '(' ? -1 : 0
    if (depth === 0) break
  }
  const front = plain.slice(0, Math.max(open, 0)).split(/[;}]/).at(-1) ?? ''
  const [, result, name] = /^([\s\S]*?)\s*\b([A-Za-z_]\w*)\s*$/.exec(front.trim()) ?? []
  if (!plain.endsWith(')') || !result || !name)
    throw new NotEmbeddable(`the prompt does not end with the head of the function ${entryPoint}`)
  const plainResult = result.replace(/\b(?:static|pure|nothrow)\b|@\w+/g, '').trim()
  return { name, result: plainResult, parameters: splitTop(plain.slice(open + 1, -1)) }
}

function nameOf(parameter: string): string {
  const name = /[A-Za-z_]\w*$/.exec(parameter.replace(/\s*=.*$/s, ''))?.[0]
  if (!name) throw new NotEmbeddable(`the parameter «${parameter}» has no name`)
  return name
}

/** The script as plain functions, with assertions that do not end a run which only looks for calls. */
function withoutHarness(script: string): { text: string; run: string[] } {
  const edits = new Edits(script, 'slashes')
  const run: string[] = []
  const add = (name: string) => {
    run.push(`&${name}`)
    return name
  }
  edits.each(/^unittest\b/gm, () => `void ${add(`cupelTest${run.length}`)}()`)
  edits.each(/^(?:void|int)\s+main(?=\s*\()/gm, () => `void ${add('cupelScript')}`)
  edits.each(/\bassert\s*\(/g, () => 'cupel.holds(')
  return { text: edits.made(), run }
}
