/** `-o key=value` of the command line, read by what the method's schema says its options are. */
import { z } from 'zod'
import { type Method, UsageError } from '../kernel/index.js'
import { suggestion } from './names.js'

export interface OptionInfo {
  readonly name: string
  /** `integer > 0`, `sqrt | product`. */
  readonly type: string
  readonly default?: unknown
  readonly description: string
}

interface Schema {
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Schema[]
  readonly default?: unknown
  readonly description?: string
  readonly minimum?: number
  readonly exclusiveMinimum?: number
  readonly maximum?: number
}

/** The options of a method, in the order of its schema. */
export function optionsOf(method: Method): OptionInfo[] {
  return Object.entries(schemasOf(method)).map(([name, schema]) => ({
    name,
    type: typeText(schema),
    ...(schema.default === undefined ? {} : { default: schema.default }),
    description: schema.description ?? '',
  }))
}

/** Throws UsageError for a text that is no `key=value`, an unknown option, or a value the schema refuses. */
export function methodOptions(method: Method, texts: readonly string[]): Record<string, unknown> {
  const schemas = schemasOf(method)
  const given: Record<string, unknown> = {}
  for (const text of texts) {
    const at = text.indexOf('=')
    if (at < 1) throw new UsageError(`-o ${text} is not of the form key=value`)
    const name = text.slice(0, at)
    const schema = Object.hasOwn(schemas, name) ? schemas[name] : undefined
    if (!schema) {
      throw new UsageError(
        `the method ${method.name} has no option «${name}»: ${suggestion(name, Object.keys(schemas))}`,
      )
    }
    given[name] = typedValue(text.slice(at + 1), schema)
  }
  const parsed = method.options.safeParse(given)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const name = String(issue?.path[0] ?? '')
  const wanted = schemas[name] ? ` (${typeText(schemas[name])})` : ''
  throw new UsageError(`option ${name}${wanted} of the method ${method.name}: ${issue?.message}`)
}

function schemasOf({ options }: Method): Record<string, Schema> {
  const schema = z.toJSONSchema(options, { io: 'input', unrepresentable: 'any' })
  return (schema.properties ?? {}) as Record<string, Schema>
}

/** What does not look like its type stays text, for the schema to refuse with its own words. */
function typedValue(text: string, schema: Schema): unknown {
  const types = new Set([schema, ...(schema.anyOf ?? [])].flatMap((one) => one.type ?? []))
  if ((types.has('number') || types.has('integer')) && text.trim() !== '' && !Number.isNaN(Number(text)))
    return Number(text)
  if (types.has('boolean') && (text === 'true' || text === 'false')) return text === 'true'
  if (types.has('null') && text === 'null') return null
  if (types.has('array') || types.has('object')) {
    try {
      return JSON.parse(text)
    } catch {
      return types.has('array') ? text.split(',') : text
    }
  }
  return text
}

function typeText(schema: Schema): string {
  if (schema.enum) return schema.enum.join(' | ')
  if (schema.anyOf) return schema.anyOf.map(typeText).join(' or ')
  const bounds = [
    schema.exclusiveMinimum === undefined ? '' : ` > ${schema.exclusiveMinimum}`,
    schema.minimum === undefined || schema.minimum <= Number.MIN_SAFE_INTEGER ? '' : ` ≥ ${schema.minimum}`,
    schema.maximum === undefined || schema.maximum >= Number.MAX_SAFE_INTEGER ? '' : ` ≤ ${schema.maximum}`,
  ]
  return `${[schema.type ?? 'any'].flat().join(' or ')}${bounds.join('')}`
}
