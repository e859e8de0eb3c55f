/**
 * The first function that a program declares, read without running it: a function of the module, not of a class or of
 * another function. In JavaScript one that is declared comes before one that is assigned.
 * Not covered: functions that exist only once the program runs (`exec`, `globalThis.f = …`), and Python's lambdas.
 */
import type { DeclarationCheck, TestOutcome, Verdict } from '../../kernel/index.js'
import { closing, splitTop } from './replay/header.js'

export interface DeclaredFunction {
  readonly name: string
  /** Their names; a pattern that takes a value apart has none. */
  readonly parameters: readonly string[]
}

/** Comments and texts; one that is not closed goes on to the end of its line, or of the program. */
const pythonTexts =
  /#[^\n]*|"""(?:\\[\s\S]|[^\\])*?(?:"""|$)|'''(?:\\[\s\S]|[^\\])*?(?:'''|$)|"(?:\\[\s\S]|[^"\\\n])*"?|'(?:\\[\s\S]|[^'\\\n])*'?/g
/** Patterns too: where a division cannot stand, a slash begins one. */
const javascriptTexts =
  /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$(?![\s\S]))|"(?:\\[\s\S]|[^"\\\n])*"?|'(?:\\[\s\S]|[^'\\\n])*'?|`(?:\\[\s\S]|[^`\\])*`?|(?<=(?:^|[(,=:[!&|?{};+\-*%~^<>]|\b(?:return|typeof|case|in|of))[ \t]{0,99})\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]?|[^/\\[\n])+\/?/gm

const word = '[\\p{L}_$][\\p{L}\\p{N}_$]{0,200}'
const gap = '[ \\t\\n]{0,200}'
const pythonHead = new RegExp(
  `^(?:async[ \\t]{1,20})?def[ \\t]{1,20}(${word})[ \\t]{0,20}(?:\\[[^\\]\\n]{0,200}\\][ \\t]{0,20})?\\(`,
  'gmu',
)
const declaredHead = new RegExp(`\\bfunction\\b${gap}\\*?${gap}(${word})${gap}(?:<[^()]{0,200}>${gap})?\\(`, 'gu')
const assignedHead = new RegExp(
  `(?<![\\p{L}\\p{N}_$.])(${word})${gap}(?::[^=;\\n]{1,200})?=${gap}(?:async\\b${gap})?(?:function\\b${gap}\\*?${gap}(?:${word})?${gap}\\(|(?:<[^()]{0,200}>${gap})?(\\()|(${word})${gap}=>)`,
  'gu',
)

/** Null where there is none. */
export function declaredFunction(language: string, code: string): DeclaredFunction | null {
  return language === 'python' ? pythonFunction(code) : javascriptFunction(code)
}

function pythonFunction(code: string): DeclaredFunction | null {
  const plain = code.replace(pythonTexts, blanked)
  for (const found of plain.matchAll(pythonHead)) {
    const open = found.index + found[0].length - 1
    const close = closing(plain, open)
    if (close < 0) continue
    const parameters = splitTop(plain.slice(open + 1, close)).filter((one) => !/^[*/]$/.test(one))
    return { name: found[1] as string, parameters: parameters.map(nameOf) }
  }
  return null
}

function javascriptFunction(code: string): DeclaredFunction | null {
  const plain = code.replace(javascriptTexts, blanked)
  const depths = depthsOf(plain)
  const atTop = (at: number) => depths[at] === 0
  for (const found of plain.matchAll(declaredHead)) {
    // What follows an operator or a bracket is an expression, whose name only the function itself knows.
    if (
      !atTop(found.index) ||
      /[=(,:?&|!+]\s{0,99}(?:async\s{1,99})?$/.test(plain.slice(Math.max(0, found.index - 200), found.index))
    )
      continue
    const open = found.index + found[0].length - 1
    const close = closing(plain, open)
    if (close >= 0) return { name: found[1] as string, parameters: splitTop(plain.slice(open + 1, close)).map(nameOf) }
  }
  for (const found of plain.matchAll(assignedHead)) {
    if (!atTop(found.index)) continue
    const [text, name = '', parenthesis, alone] = found
    if (alone !== undefined) return { name, parameters: [alone] }
    const open = found.index + text.length - 1
    const close = closing(plain, open)
    if (
      close < 0 ||
      (parenthesis !== undefined && !/^\s{0,200}(?::[^=;{]{1,200})?=>/.test(plain.slice(close + 1, close + 500)))
    )
      continue
    return { name, parameters: splitTop(plain.slice(open + 1, close)).map(nameOf) }
  }
  return null
}

function blanked(text: string): string {
  return text.replace(/[^\n]/g, ' ')
}

/** How many brackets are open in front of each character. */
function depthsOf(plain: string): Int32Array {
  const depths = new Int32Array(plain.length + 1)
  let depth = 0
  for (let i = 0; i < plain.length; i++) {
    depths[i] = depth
    const letter = plain[i] as string
    if ('([{'.includes(letter)) depth++
    else if (')]}'.includes(letter)) depth--
  }
  return depths
}

/** `n` of `n: int = 5`, `*n`, `...n` and `n?: number`. */
function nameOf(parameter: string): string {
  return new RegExp(`^(?:\\*{1,2}|\\.\\.\\.)?[ \\t\\n]{0,200}(${word})`, 'u').exec(parameter)?.[1] ?? ''
}

/** One test for each check; all failed where there is no function. */
export function declarationTests(
  checks: readonly DeclarationCheck[],
  declared: DeclaredFunction | null,
): TestOutcome[] {
  return checks.map((check) => {
    const name =
      check.of === 'parameter'
        ? `name of parameter ${check.index + 1}`
        : check.of === 'name'
          ? 'name of the function'
          : 'number of parameters'
    return { name, status: declared && declaredValue(check, declared) === check.equals ? 'passed' : 'failed' }
  })
}

function declaredValue(check: DeclarationCheck, { name, parameters }: DeclaredFunction): string | number | undefined {
  if (check.of === 'name') return name
  return check.of === 'parameters' ? parameters.length : parameters[check.index]
}

/** The program with one more name for that function. An unfinished line at its end stays unfinished. */
export function withEntry(language: string, code: string, entryPoint: string, name: string): string {
  if (name === entryPoint) return code
  return language === 'python' ? `${code}\n\n${entryPoint} = ${name}\n` : `${code}\n;var ${entryPoint} = ${name};\n`
}

/** The verdict on the calls with these tests in front, which it has to pass too. */
export function withDeclarations(tests: readonly TestOutcome[], ran: Verdict): Verdict {
  const all = { ...ran, tests: [...tests, ...ran.tests] }
  const failed = tests.find(({ status }) => status === 'failed')
  if (!failed || ran.kind !== 'passed') return all
  return { ...all, kind: 'wrong', evidence: `the ${failed.name} is another` }
}
