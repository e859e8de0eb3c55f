/** Options that several commands share, and how their values are read. */
import { type Command, InvalidArgumentError, Option } from 'commander'
import { type IsolationChoice, isolationChoices } from '../execute/index.js'

/** What every command understands. */
export interface CommonOptions {
  readonly json?: boolean
  readonly quiet?: boolean
}

/** Adds what every command has, and the examples at the end of its help. */
export function finish(command: Command, examples: readonly string[]): Command {
  return command
    .option('--json', 'print one JSON document on standard output')
    .option('-q, --quiet', 'no progress and no remarks')
    .addHelpText('after', `\nExamples:\n${examples.map((example) => `  $ ${example}`).join('\n')}`)
}

export function isolationOption(): Option {
  return new Option(
    '--isolation <level>',
    'native, a native tier or better (native:B), wasm, remote:URL (a Cupel server), or auto: native where it holds; CUPEL_ISOLATION sets a minimum',
  )
    .argParser(isolationChoice)
    .default('auto')
}

export function isolationChoice(value: string): IsolationChoice {
  const remote = /^remote:https?:\/\//.test(value)
  if (!remote && !(isolationChoices as readonly string[]).includes(value))
    throw new InvalidArgumentError(
      "Allowed choices are auto, native, wasm, remote:http://… and remote:https://…, and native:A, native:B and native:B' for that tier or better.",
    )
  return value as IsolationChoice
}

export function positive(value: string): number {
  const number = Number(value)
  if (value.trim() === '' || !Number.isFinite(number) || number <= 0)
    throw new InvalidArgumentError('Give a number above 0.')
  return number
}

/** Above 0 and below 1. */
export function shareOfOne(value: string): number {
  const number = Number(value)
  if (value.trim() === '' || !(number > 0 && number < 1))
    throw new InvalidArgumentError('Give a number between 0 and 1.')
  return number
}

export function wholePositive(value: string): number {
  const number = positive(value)
  if (!Number.isSafeInteger(number)) throw new InvalidArgumentError('Give a whole number above 0.')
  return number
}

export function whole(value: string): number {
  if (!/^\d+$/.test(value) || !Number.isSafeInteger(Number(value)))
    throw new InvalidArgumentError('Give a whole number.')
  return Number(value)
}

/** `1,10,100` */
export function wholeList(value: string): number[] {
  return [...new Set(value.split(',').map((part) => wholePositive(part.trim())))]
}

/** `HumanEval/0,HumanEval/1*` */
export function nameList(value: string): string[] {
  const names = value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
  if (names.length === 0) throw new InvalidArgumentError('Give at least one name.')
  return names
}

/** Collects an option that may be given several times. */
export function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value]
}
