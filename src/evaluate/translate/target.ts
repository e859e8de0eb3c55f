/** What a language brings to have problems translated into it. */
import type { Case } from './cases.js'
import type { Type, Value } from './values.js'

/** A function problem without a language. */
export interface Task {
  /** As in Python: `snake_case`. */
  readonly name: string
  readonly text: string
  readonly parameters: readonly { readonly name: string; readonly type: Type }[]
  readonly result: Type
  readonly examples: readonly Case[]
  readonly cases: readonly Case[]
}

export interface Target {
  readonly language: string
  entryPoint(task: Task): string
  /** Ends inside the function. */
  prompt(task: Task): string
  /** Follows a completed prompt, and throws where a result is not what is due. */
  test(task: Task): string
}

export const any: Type = { kind: 'any' }

/** The arguments of a call, each as a literal of its parameter's type. */
export function argumentsOf(
  args: readonly Value[],
  { parameters }: Task,
  literal: (value: Value, type: Type) => string,
): string {
  return args.map((arg, i) => literal(arg, parameters[i]?.type ?? any)).join(', ')
}

export function camelCase(name: string): string {
  return name.replace(/(?<=[\p{L}\p{N}])_+([\p{L}\p{N}])/gu, (_, letter: string) => letter.toUpperCase())
}

/** A comment of lines that begin with `*`; what would end it does not. */
export function commentLines(text: string, indent: string): string {
  return text
    .replaceAll('*/', '* /')
    .split('\n')
    .map((line) => `${indent} * ${line}`.trimEnd())
    .join('\n')
}
