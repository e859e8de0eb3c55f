/**
 * Scala: the stand-in is the body of the prompt's function. The candidate is called through a function that returns what the
 * prompt's head says, so that the compiler decides whether the candidate's fits.
 */
import { readFileSync } from 'node:fs'
import { Edits } from './edits.js'
import { type Embedding, type Files, NotEmbeddable } from './embedding.js'
import { closed, closers, type Header, openFunction, openTypes, withoutTexts } from './header.js'

export const scala: Embedding = {
  language: 'scala',
  examiner({ trusted, script, entryPoint }) {
    const open = declared(trusted, entryPoint)
    const args = [`"${open.name}"`, ...open.parameters.map(nameOf)]
    const tag = genericOf(open)
      ? `(scala.reflect.ClassTag.Any.asInstanceOf[scala.reflect.ClassTag[${typeOf(open)}]])`
      : ''
    const call = `return cupel.Tests.call[${typeOf(open)}](${args.join(', ')})${tag}`
    const edits = new Edits(script, 'java')
    edits.each(/(?<![.\w])assert(?=\s*\()/g, () => 'cupel.Tests.check')
    return {
      'Main.scala': `${trusted}\n${call}\n${closers(trusted, script, 'java')}\n${edits.made()}\n`,
      ...guest('Tests'),
    }
  },
  candidate({ trusted, script, entryPoint }, given) {
    const open = declared(trusted, entryPoint)
    const edits = new Edits(closed(given, script, 'java'), 'java')
    // A program has one main: ours.
    edits.each(/\bextends\s+App\b/g, () => 'extends cupel.Body')
    edits.each(/\bdef\s+main\b(?=\s*\()/g, () => 'def cupelCandidateMain')
    return { 'CupelServing.scala': serving(trusted, open), 'Main.scala': edits.made(), ...guest('Serving') }
  },
}

function declared(trusted: string, entryPoint: string): Header {
  const plain = withoutTexts(trusted, 'java')
  const from = [...plain.matchAll(/\bdef\b/g)].at(-1)?.index
  // The equals sign between the head and its brace is Scala's own.
  const equals = /=(\s*\{\s*)$/.exec(plain)
  const open = equals && openFunction(`${trusted.slice(0, equals.index)} ${trusted.slice(equals.index + 1)}`, 'java')
  if (from === undefined || !open || !/\bdef\b/.test(open.front))
    throw new NotEmbeddable(`the prompt does not end inside the function ${entryPoint}`)
  return open
}

function guest(side: string): Files {
  const read = (name: string) => readFileSync(new URL(`scala/${name}.scala`, import.meta.url), 'utf8')
  return Object.fromEntries(['Lines', 'Values', side].map((name) => [`cupel/${name}.scala`, read(name)]))
}

function serving(trusted: string, open: Header): string {
  const plain = withoutTexts(trusted, 'java')
  const imports = plain.match(/^[ \t]*import[ \t]+[^\n;]+/gm) ?? []
  const around = openTypes(withoutTexts(open.before, 'java'))
  const [object = ''] = around
  if (around.length !== 1 || !new RegExp(`\\bobject\\s+${object}\\b`).test(plain))
    throw new NotEmbeddable(`the function ${open.name} of the prompt is not in one object`)
  const args = open.parameters.map((one, i) => {
    const type = one
      .slice(one.indexOf(':') + 1)
      .replace(/\s*=[^>][\s\S]*$/, '')
      .trim()
    const repeated = /\*$/.test(type)
    return repeated ? `given(${i}).asInstanceOf[Seq[${type.slice(0, -1)}]]: _*` : `given(${i}).asInstanceOf[${type}]`
  })
  const isApp = new RegExp(`\\bobject\\s+${object}\\s+extends\\s+App\\b`).test(plain)
  return `${imports.join('\n')}
object CupelServing {
  def cupelCall${genericOf(open)}(given: scala.collection.Seq[Any]): ${typeOf(open)} = ${object}.${open.name}(${args.join(', ')})
  def main(args: scala.Array[java.lang.String]): scala.Unit = {
    cupel.Lines.all
    ${isApp ? `${object}.cupelRun()` : ''}
    cupel.Serving.serve(given => cupelCall(given))
  }
}
`
}

function genericOf({ head, name }: Header): string {
  return new RegExp(`\\b${name}\\s*(\\[[^(]*\\])\\s*\\(`).exec(head)?.[1] ?? ''
}

function typeOf({ back }: Header): string {
  return back.replace(/^:\s*/, '').trim() || 'Unit'
}

function nameOf(parameter: string): string {
  const name = /^([\p{L}_][\p{L}\p{N}_]*|`[^`]+`)\s*:/u.exec(parameter)?.[1]
  if (!name) throw new NotEmbeddable(`the parameter «${parameter}» has no name`)
  return name
}
