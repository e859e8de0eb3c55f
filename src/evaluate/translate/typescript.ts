/**
 * TypeScript and JavaScript, in MBXP's shape: a function, and checks that throw at the first difference. Dictionaries with keys
 * of text are objects, others maps; integers that need more than 53 bits are `bigint`.
 */
import { type Target, type Task, any, argumentsOf, camelCase, commentLines } from './target.js'
import { type Type, type Value, typeOf } from './values.js'

const words = new Set(
  'arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for function if implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof var void while with yield'.split(
    ' ',
  ),
)

function target(language: 'typescript' | 'javascript'): Target {
  const typed = (type: Type) => (language === 'typescript' ? `: ${typeName(type)}` : '')
  return {
    language,
    entryPoint: ({ name }) => named(name),
    prompt(task) {
      const parameters = task.parameters.map(({ name, type }) => `${named(name)}${typed(type)}`).join(', ')
      const examples = task.examples.map(
        ({ args, result }) => `> ${named(task.name)}(${written(args, task)})\n${literal(result, task.result)}`,
      )
      return `/**
${commentLines([task.text, '', ...examples].join('\n').trim(), '')}
 */
function ${named(task.name)}(${parameters})${typed(task.result)} {
`
    },
    test(task) {
      const any = language === 'typescript' ? ': any' : ''
      const checks = task.cases.map(
        ({ args, result }, i) =>
          `if (!same(${named(task.name)}(${written(args, task)}), ${literal(result, task.result)})) throw new Error('Exception --- test case ${i} failed to pass')`,
      )
      return `\n\n${comparison(any, language === 'typescript' ? ': boolean' : '')}\n${checks.join('\n')}\n`
    },
  }
}

export const typescript = target('typescript')
export const javascript = target('javascript')

/** Floats to a millionth, lists by place, sets, maps and objects by content. */
const comparison = (any: string, boolean: string) => `function same(a${any}, b${any})${boolean} {
  if (typeof a === 'number' && typeof b === 'number')
    return a === b || (a !== a && b !== b) || Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(b))
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return a === b
  if (Array.isArray(a) || Array.isArray(b))
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item${any}, i${any}) => same(item, b[i]))
  if (a instanceof Set || b instanceof Set)
    return a instanceof Set && b instanceof Set && a.size === b.size && [...a].every((x) => [...b].some((y) => same(x, y)))
  if (a instanceof Map || b instanceof Map)
    return (
      a instanceof Map && b instanceof Map && a.size === b.size &&
      [...a].every(([key, x]) => [...b].some(([other, y]) => same(key, other) && same(x, y)))
    )
  const names = Object.keys(a)
  return names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name) && same(a[name], b[name]))
}
`

function named(name: string): string {
  const camel = camelCase(name)
  // Not what the tests call their own.
  return words.has(camel) || camel === 'same' ? `${camel}0` : camel
}

function typeName(type: Type): string {
  switch (type.kind) {
    case 'bool':
      return 'boolean'
    case 'int':
      return type.bits > 54 ? 'bigint' : 'number'
    case 'float':
      return 'number'
    case 'string':
      return 'string'
    case 'none':
      return 'null'
    case 'list':
      return `Array<${typeName(type.item)}>`
    case 'set':
      return `Set<${typeName(type.item)}>`
    case 'tuple':
      return `[${type.items.map(typeName).join(', ')}]`
    case 'dict':
      return isObject(type)
        ? `{ [key: string]: ${typeName(type.value)} }`
        : `Map<${typeName(type.key)}, ${typeName(type.value)}>`
    case 'optional':
      return `${typeName(type.of)} | null`
    default:
      return 'any'
  }
}

function isObject({ key }: Extract<Type, { kind: 'dict' }>): boolean {
  return key.kind === 'string' || key.kind === 'unknown'
}

const written = (args: readonly Value[], task: Task) => argumentsOf(args, task, literal)

function literal(value: Value, type: Type): string {
  if (type.kind === 'optional') return literal(value, type.of)
  if (type.kind === 'any') return literal(value, typeOf([value]))
  switch (value.kind) {
    case 'none':
      return 'null'
    case 'bool':
      return String(value.value)
    case 'int':
      return type.kind === 'int' && type.bits > 54 ? `${value.value}n` : value.value
    case 'float':
      return float(value.value)
    case 'string':
      return quoted(value.value)
    case 'list':
    case 'tuple':
    case 'set': {
      const at = (i: number) => (type.kind === 'tuple' ? type.items[i] : 'item' in type ? type.item : any) ?? any
      const items = `[${value.items.map((item, i) => literal(item, at(i))).join(', ')}]`
      return value.kind === 'set' ? `new Set(${items})` : items
    }
    case 'dict': {
      const dict = type.kind === 'dict' ? type : ({ kind: 'dict', key: any, value: any } as const)
      const pairs = value.entries.map(([key, item]) => [literal(key, dict.key), literal(item, dict.value)] as const)
      if (isObject(dict)) return `{${pairs.map(([key, item]) => `${nameOf(key)}: ${item}`).join(', ')}}`
      return `new Map([${pairs.map(([key, item]) => `[${key}, ${item}]`).join(', ')}])`
    }
  }
}

/** Of a property, from a literal text; `__proto__` is one only when it is computed. */
function nameOf(literal: string): string {
  return /^"(?!__proto__")[A-Za-z_]\w*"$/.test(literal) ? literal.slice(1, -1) : `[${literal}]`
}

function float(written: string): string {
  if (written === 'nan') return 'NaN'
  return written.replace('inf', 'Infinity')
}

/** JSON's texts are JavaScript's, but for what ends a line there. */
function quoted(value: string): string {
  return JSON.stringify(value).replace(/[\u2028\u2029]/g, (end) => `\\u${end.charCodeAt(0).toString(16)}`)
}
