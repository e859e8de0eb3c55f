/** The calls that a Python problem's tests make, with what the benchmark's own solution gives: found by running them. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { Sandbox } from '../../execute/index.js'
import type { JudgedProblem } from '../../kernel/index.js'
import { type Value, valueRow } from './values.js'

export interface Case {
  readonly args: readonly Value[]
  readonly result: Value
}

/** Why a problem has no counterpart in another language. */
export class Untranslatable extends Error {}

const recorder = readFileSync(new URL('recorder.py', import.meta.url), 'utf8')
const callRow = z.tuple([z.array(valueRow), valueRow]).transform(([args, result]): Case => ({ args, result }))
const aboutRow = z.object({ parameters: z.array(z.string()), text: z.string(), examples: z.array(callRow) })
const limits = { cpuSeconds: 20, wallSeconds: 60, memoryMb: 1024, outputBytes: 32 << 20 }

export interface Recorded {
  readonly parameters: readonly string[]
  /** What the docstring says in words. */
  readonly text: string
  /** What the docstring shows; the tests are not among them unless it does. */
  readonly examples: readonly Case[]
  /** Each different call of the tests once, in order. */
  readonly cases: readonly Case[]
}

/** Throws Untranslatable with a reason in words where there is no counterpart in any language. */
export async function recorded(sandbox: Sandbox, { problem, suite, reference }: JudgedProblem): Promise<Recorded> {
  if (suite.kind !== 'assertions') throw new Untranslatable('its tests are no script of assertions')
  if (reference === undefined) throw new Untranslatable('the benchmark has no solution of it')
  const { entryPoint: name, script } = suite
  const check = /^def check\(/m.test(script) && !/^check\(/m.test(script) ? `\ncheck(${name})` : ''
  const main = `${reference}\n\n${recorder}\n${name} = __cupel_record(${name}, globals(), ${JSON.stringify(assertionsIn(problem.prompt))})\n${script}${check}\n`
  const ran = await sandbox.run({ language: 'python', files: { 'main.py': main }, entry: 'main.py' }, limits)
  const stopped = /^CUPEL-STOP (.*)$/m.exec(ran.stdout)?.[1]
  if (stopped !== undefined) throw new Untranslatable(z.string().parse(JSON.parse(stopped)))
  if (ran.outcome === 'infrastructure') throw new Error(ran.reason ?? 'the sandbox failed')
  if (ran.outcome !== 'ok')
    throw new Untranslatable(
      `its solution, called with copies, does not pass its tests: ${ran.stderr.trim().split('\n').at(-1)}`,
    )
  const lines = [...ran.stdout.matchAll(/^CUPEL-CALL (.*)$/gm)].map(([, json]) => json as string)
  if (lines.length === 0) throw new Untranslatable('its tests never call the function')
  const about = aboutRow.parse(JSON.parse(/^CUPEL-ABOUT (.*)$/m.exec(ran.stdout)?.[1] ?? 'null'))
  const cases = [...new Set(lines)].map((line) => callRow.parse(JSON.parse(line)))
  if (cases.some(({ args }) => args.length !== about.parameters.length))
    throw new Untranslatable('it is called with another number of arguments than it declares')
  return { ...about, text: about.text || wordsOf(problem.prompt), cases }
}

/** Those that a prompt shows to the model, as MBPP's do. */
function assertionsIn(prompt: string): string[] {
  return prompt.match(/^[ \t]*assert\b.*$/gm)?.map((line) => line.trim()) ?? []
}

/** What a prompt says without a docstring. */
function wordsOf(prompt: string): string {
  const code = /^[ \t]*(?:assert|def|class|from|import|@)\b.*$|"""|'''|```\w*/gm
  return prompt
    .replace(code, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}
