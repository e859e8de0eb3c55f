/**
 * Java: the stand-in is the body of the prompt's method. The candidate is called through a method with the prompt's own head,
 * so that the compiler decides, as it would in the tests, whether the candidate's fits.
 */
import { readFileSync } from 'node:fs'
import { javaNames } from '../../languages/java.js'
import { type Embedding, type Files, NotEmbeddable } from './embedding.js'
import { Edits } from './edits.js'
import { javatuples } from './javatuples.js'
import { braces, closed, closers, type Header, leftOpen, openFunction, openTypes, withoutTexts } from './header.js'

const shared = ['Lines', 'Reader', 'Types', 'Values']

export const java: Embedding = {
  language: 'java',
  examiner({ trusted, script, entryPoint }) {
    const open = declared(trusted, entryPoint)
    const back = isVoid(open) ? '' : 'return '
    const call = `${back}cupel.Tests.call(new Object(){}.getClass().getEnclosingMethod(), new Object[]{${open.parameters.map(nameOf).join(', ')}});`
    const source = `${trusted}\n${call}\n${closers(trusted, script, 'java')}\n${steadied(script)}\n`
    return { 'Main.java': source, ...guest([...shared, 'Tests'], source) }
  },
  candidate({ trusted, script, entryPoint }, given) {
    const code = closed(given, script, 'java')
    const open = declared(trusted, entryPoint)
    const plain = withoutTexts(code, 'java')
    const folder = packageOf(plain)
    return {
      'CupelServing.java': `${folder}\n${serving(open)}`,
      [javaNames(code).file ?? 'Candidate.java']: code,
      ...guest([...shared, 'Serving'], code),
    }
  },
  beside({ trusted, script }, given, word) {
    const code = leftOpen(given, script, 'java')
    const plain = withoutTexts(code, 'java')
    const folder = packageOf(plain)
    const continues = braces(plain).open > 0
    const tests = continues ? `${code}\n${script}` : `${folder}\n${importsOf(trusted)}\n${script}`
    const main = typeOfMain(tests, continues ? code.length : 0)
    const entry = `${folder}\nfinal class CupelBeside {
  public static void main(String[] args) throws Throwable { cupel.Beside.run(${main}.class, "${word}"); }
}
`
    const file = javaNames(tests).file ?? 'CupelScript.java'
    const named = javaNames(code).file
    // One that has the name of ours or of the tests' is a second class of that name, and no other file in its place.
    const taken = named === undefined || named === file || named === 'CupelBeside.java'
    const own: Files = continues ? {} : { [taken ? 'CupelCandidate.java' : named]: code }
    return {
      files: {
        'CupelBeside.java': entry,
        [file]: tests,
        ...own,
        ...guest([...shared, 'Beside'], tests + code),
      },
      tests: 1,
    }
  },
}

/** The class whose main the script is; where it is in the text behind `from`. */
function typeOfMain(source: string, from: number): string {
  const plain = withoutTexts(source, 'java')
  const at = plain.slice(from).search(/\bvoid\s+main\s*\(/)
  const type = at < 0 ? undefined : openTypes(plain.slice(0, from + at)).join('.')
  if (!type) throw new NotEmbeddable('the test script has no main method in a class')
  return type
}

/** Its declaration, with the semicolon. */
function packageOf(plain: string): string {
  return /(?:^|[;\s])package\s+[\w.$\s]+;/.exec(plain)?.[0].trim() ?? ''
}

function importsOf(source: string): string {
  return (withoutTexts(source, 'java').match(/\bimport\s+[\w.\s]+(?:\*\s*)?;/g) ?? []).join('\n')
}

function declared(trusted: string, entryPoint: string): Header {
  const open = openFunction(trusted, 'java')
  if (!open) throw new NotEmbeddable(`the prompt does not end inside the method ${entryPoint}`)
  return open
}

function guest(names: readonly string[], source: string): Files {
  const read = (name: string) => readFileSync(new URL(`java/${name}.java`, import.meta.url), 'utf8')
  const files = Object.fromEntries(names.map((name) => [`cupel/${name}.java`, read(name)]))
  return /\borg\s*\.\s*javatuples\b/.test(source) ? { ...files, ...javatuples } : files
}

/** One instance for all calls, as the tests of benchmarks make one. */
function serving(open: Header): string {
  const plain = withoutTexts(open.before, 'java')
  const type = openTypes(plain).join('.')
  if (type === '') throw new NotEmbeddable(`the method ${open.name} of the prompt is in no class`)
  const isStatic = /\bstatic\b/.test(open.front)
  const types = open.front.replace(
    /\b(?:public|private|protected|static|final|synchronized|strictfp|default)\b|@\w+/g,
    '',
  )
  const target = isStatic ? type : 'cupelTarget'
  return `${importsOf(open.before)}
final class CupelServing {
  ${isStatic ? '' : `private static ${type} cupelTarget;`}
  static ${types.trim()} call(${open.parameters.join(', ')}) throws Throwable {
    ${isStatic ? '' : `if (cupelTarget == null) cupelTarget = new ${type}();`}
    ${isVoid(open) ? '' : 'return '}${target}.${open.name}(${open.parameters.map(nameOf).join(', ')});
  }
  public static void main(String[] args) throws Throwable {
    cupel.Serving.serve(CupelServing.class);
  }
}
`
}

function isVoid({ front }: Header): boolean {
  return /\bvoid$/.test(front)
}

function nameOf(parameter: string): string {
  const name = /([\p{L}_$][\p{L}\p{N}_$]*)\s*(?:\[\s*\]\s*)*$/u.exec(parameter)?.[1]
  if (!name) throw new NotEmbeddable(`the parameter «${parameter}» has no name`)
  return name
}

/**
 * Each run of the tests makes the same calls: nothing by chance and nothing by the clock. And the first of them that guesses
 * gets to see them all: what follows a guess is not thrown.
 */
function steadied(script: string): string {
  const edits = new Edits(script, 'java')
  const { plain } = edits
  edits.each(/\bnew\s+((?:java\.util\.)?Random)\s*\(\s*\)/g, ([, name]) => `new ${name}(1)`)
  edits.each(/\bMath\s*\.\s*random\s*\(/g, () => 'cupel.Tests.random(')
  edits.each(/\bSystem\s*\.\s*(?:currentTimeMillis|nanoTime)\s*\(/g, () => 'cupel.Tests.time(')
  edits.each(/\bCollections\s*\.\s*shuffle\s*\(/g, () => 'cupel.Tests.shuffle(')
  const main = /\bvoid\s+main\s*\(/.exec(plain)
  if (main) {
    const begin = plain.indexOf('{', main.index)
    const end = endOf(plain, begin + 1, /[}]/)
    for (const { index, 0: text } of plain.slice(0, end).matchAll(/\{\s*throw\s+new\b/g))
      if (index > begin) edits.put(index + 1, index + text.length, ' if (cupel.Tests.deciding()) throw new')
  }
  for (const { index } of plain.matchAll(/\bassert\b/g)) {
    const from = index + 'assert'.length
    edits.put(from, from, ' cupel.Tests.holds(')
    const to = endOf(plain, from, /[:;]/)
    edits.put(to, to, ')')
  }
  return edits.made()
}

/** Where one of these marks stands outside of all brackets and choices. */
function endOf(plain: string, from: number, marks: RegExp): number {
  let depth = 0
  let choices = 0
  for (let i = from; i < plain.length; i++) {
    const letter = plain[i] as string
    if (depth === 0 && letter === '?') choices++
    else if (depth === 0 && letter === ':' && (plain[i + 1] === ':' || plain[i - 1] === ':')) continue
    else if (depth === 0 && letter === ':' && choices > 0) choices--
    else if (depth === 0 && marks.test(letter)) return i
    else if ('([{'.includes(letter)) depth++
    else if (')]}'.includes(letter)) depth--
  }
  return plain.length
}
