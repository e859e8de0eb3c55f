/**
 * C#: the stand-in is the body of the prompt's method. The candidate is called through a method with the prompt's own head, so
 * that the compiler decides, as it would in the tests, whether the candidate's fits.
 */
import { readFileSync } from 'node:fs'
import { Edits } from './edits.js'
import { type Embedding, type Files, NotEmbeddable } from './embedding.js'
import { closers, closed, leftOpen, type Header, openFunction, openTypes, withoutTexts } from './header.js'

export const csharp: Embedding = {
  language: 'csharp',
  examiner({ trusted, script, entryPoint }) {
    const open = declared(trusted, entryPoint)
    const args = ['System.Reflection.MethodBase.GetCurrentMethod()', ...open.parameters.map(nameOf)]
    const type = typeOf(open)
    const call = `${type === 'void' ? '' : `return (${type})`}global::CupelReplay.Tests.Call(${args.join(', ')});`
    const source = `${trusted}\n${call}\n${closers(trusted, script, 'java')}\n${steadied(script)}\n`
    return { 'main.cs': source, ...guest(['Tests'], source) }
  },
  candidate({ trusted, script, entryPoint }, given) {
    const code = closed(given, script, 'java')
    const open = declared(trusted, entryPoint)
    const edits = new Edits(code, 'java')
    renameMain(edits, 'CupelCandidateMain')
    return { 'main.cs': serving(open), 'candidate.cs': edits.made(), ...guest(['Serving'], trusted + code) }
  },
  beside({ script }, given, word) {
    const code = leftOpen(given, script, 'java')
    const [program, tests] = [code, script].map((text, i) => {
      const edits = new Edits(text, 'java')
      // That of the tests is called from ours.
      renameMain(edits, i === 0 ? 'CupelCandidateMain' : 'CupelScriptMain')
      countAssertions(edits, 'Beside')
      return edits.made()
    }) as [string, string]
    const entry = `static class CupelBeside { static void Main() { global::CupelReplay.Beside.Run("${word}"); } }\n`
    const source = `${program}\n${tests}\n`
    return { files: { 'main.cs': entry, 'program.cs': source, ...guest(['Beside'], source) }, tests: 1 }
  },
}

function declared(trusted: string, entryPoint: string): Header {
  const open = openFunction(trusted, 'java')
  if (!open) throw new NotEmbeddable(`the prompt does not end inside the method ${entryPoint}`)
  if (open.parameters.some((one) => /^(?:ref|out|in)\s/.test(one)))
    throw new NotEmbeddable(`the method ${open.name} gives back values through its parameters`)
  return open
}

function guest(names: readonly string[], source: string): Files {
  const read = (name: string) => readFileSync(new URL(`csharp/${name}.cs`, import.meta.url), 'utf8')
  const compares = /\bKellermanSoftware\b/.test(source) ? ['CompareLogic'] : []
  return Object.fromEntries(['Values', ...names, ...compares].map((name) => [`cupel/${name}.cs`, read(name)]))
}

/** One instance for all calls. */
function serving(open: Header): string {
  const plain = withoutTexts(open.before, 'java')
  const type = openTypes(plain).join('.')
  if (type === '') throw new NotEmbeddable(`the method ${open.name} of the prompt is in no class`)
  const imports = plain.match(/\busing\s+[\w.\s=]+;/g) ?? []
  const spaces = [...plain.matchAll(/\bnamespace\s+([\w.]+)/g)].map(([, name]) => name)
  const isStatic = /\bstatic\b/.test(open.front)
  const target = isStatic ? type : `(cupelTarget = cupelTarget ?? new ${type}())`
  const body = `static class CupelServing {
  ${isStatic ? '' : `static ${type} cupelTarget;`}
  static ${typeOf(open)} CupelCall(${open.parameters.join(', ').replace(/\bthis\s/, '')}) {
    ${typeOf(open) === 'void' ? '' : 'return '}${target}.${open.name}(${open.parameters.map(nameOf).join(', ')});
  }
  static void Main() { global::CupelReplay.Serving.Serve(typeof(CupelServing)); }
}`
  return `${imports.join('\n')}\n${spaces.map((name) => `namespace ${name} {`).join(' ')}\n${body}\n${'}'.repeat(spaces.length)}\n`
}

function typeOf({ front }: Header): string {
  return front
    .replace(/\[[A-Z][^\]]*\]/g, '')
    .replace(/\b(?:public|private|protected|internal|static|virtual|sealed|override|async|unsafe|new)\b/g, '')
    .trim()
}

function nameOf(parameter: string): string {
  const name = /(@?[\p{L}_][\p{L}\p{N}_]*)\s*$/u.exec(parameter.replace(/=[\s\S]*$/, ''))?.[1]
  if (!name) throw new NotEmbeddable(`the parameter «${parameter}» has no name`)
  return name
}

/** A program has one Main: ours. */
function renameMain(edits: Edits, name: string): void {
  edits.each(/\b(static\b[^;{}()=]*?)\bMain\b(?=\s*\()/g, ([, before]) => `${before}${name}`)
}

/** `Debug.Assert` counts, which is compiled away otherwise. */
function countAssertions(edits: Edits, by: 'Tests' | 'Beside'): void {
  edits.each(
    /\b(?:System\.Diagnostics\.)?(?:Debug|Trace)\s*\.\s*Assert\s*\(/g,
    () => `global::CupelReplay.${by}.Assert(`,
  )
}

/** Each run of the tests makes the same calls: nothing by chance and nothing by the clock. */
function steadied(script: string): string {
  const edits = new Edits(script, 'java')
  edits.each(/\bnew\s+(?:System\.)?Random\s*\(\s*\)/g, () => 'new System.Random(1)')
  edits.each(/\bDateTime\s*\.\s*(?:Utc)?Now\b/g, () => 'global::CupelReplay.Tests.Now')
  countAssertions(edits, 'Tests')
  return edits.made()
}
