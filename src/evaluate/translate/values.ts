/**
 * Values of Python as the recorder writes them, and the one type that a set of values has: what a typed language has to be
 * told. Not covered: bytes, complex numbers, objects.
 */
import { z } from 'zod'

export type Value =
  | { readonly kind: 'none' }
  | { readonly kind: 'bool'; readonly value: boolean }
  /** Decimal digits: Python's have no limit. */
  | { readonly kind: 'int'; readonly value: string }
  /** As Python's `repr` writes it: `nan`, `inf` and `-inf` too. */
  | { readonly kind: 'float'; readonly value: string }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'list' | 'tuple' | 'set'; readonly items: readonly Value[] }
  | { readonly kind: 'dict'; readonly entries: readonly (readonly [Value, Value])[] }

export const valueRow: z.ZodType<Value> = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('none') }),
    z.object({ kind: z.literal('bool'), value: z.boolean() }),
    z.object({ kind: z.literal('int'), value: z.string().regex(/^-?\d+$/) }),
    z.object({ kind: z.literal('float'), value: z.string() }),
    z.object({ kind: z.literal('string'), value: z.string() }),
    z.object({ kind: z.enum(['list', 'tuple', 'set']), items: z.array(valueRow) }),
    z.object({ kind: z.literal('dict'), entries: z.array(z.tuple([valueRow, valueRow])) }),
  ]),
)

export type Type =
  /** No value says: the item of lists that are all empty. */
  | { readonly kind: 'unknown' }
  /** Values of several types. */
  | { readonly kind: 'any' }
  | { readonly kind: 'none' | 'bool' | 'float' | 'string' }
  | { readonly kind: 'int' /** How many bits the largest needs, with its sign. */; readonly bits: number }
  | { readonly kind: 'list' | 'set'; readonly item: Type }
  | { readonly kind: 'tuple'; readonly items: readonly Type[] }
  | { readonly kind: 'dict'; readonly key: Type; readonly value: Type }
  | { readonly kind: 'optional'; readonly of: Type }

const unknown: Type = { kind: 'unknown' }

export function typeOf(values: readonly Value[]): Type {
  return values.map(own).reduce(merged, unknown)
}

function own(value: Value): Type {
  switch (value.kind) {
    case 'int':
      return { kind: 'int', bits: bitsOf(BigInt(value.value)) }
    case 'list':
    case 'set':
      return { kind: value.kind, item: typeOf(value.items) }
    case 'tuple':
      return { kind: 'tuple', items: value.items.map(own) }
    case 'dict':
      return {
        kind: 'dict',
        key: typeOf(value.entries.map(([key]) => key)),
        value: typeOf(value.entries.map(([, item]) => item)),
      }
    default:
      return { kind: value.kind }
  }
}

/** Of two's complement: -128 and 127 have eight. */
function bitsOf(value: bigint): number {
  return (value < 0n ? -value - 1n : value).toString(2).replace(/^0$/, '').length + 1
}

/** The narrowest type that holds what both hold. An int is a float where floats are, as Python compares them. */
function merged(a: Type, b: Type): Type {
  if (a.kind === 'unknown') return b
  if (b.kind === 'unknown') return a
  if (a.kind === 'any' || b.kind === 'any') return { kind: 'any' }
  if (a.kind === 'none') return optional(b)
  if (b.kind === 'none') return optional(a)
  if (a.kind === 'optional' || b.kind === 'optional')
    return optional(merged(a.kind === 'optional' ? a.of : a, b.kind === 'optional' ? b.of : b))
  if (a.kind === 'int' && b.kind === 'int') return { kind: 'int', bits: Math.max(a.bits, b.bits) }
  if ((a.kind === 'int' && b.kind === 'float') || (a.kind === 'float' && b.kind === 'int')) return { kind: 'float' }
  if (a.kind === 'list' && b.kind === 'list') return { kind: 'list', item: merged(a.item, b.item) }
  if (a.kind === 'set' && b.kind === 'set') return { kind: 'set', item: merged(a.item, b.item) }
  if (a.kind === 'dict' && b.kind === 'dict')
    return { kind: 'dict', key: merged(a.key, b.key), value: merged(a.value, b.value) }
  if (a.kind === 'tuple' && b.kind === 'tuple')
    return a.items.length === b.items.length
      ? { kind: 'tuple', items: a.items.map((item, i) => merged(item, b.items[i] as Type)) }
      : { kind: 'list', item: [...a.items, ...b.items].reduce(merged, unknown) }
  // Tuples of several lengths have become a list.
  if (a.kind === 'list' && b.kind === 'tuple') return { kind: 'list', item: b.items.reduce(merged, a.item) }
  if (a.kind === 'tuple' && b.kind === 'list') return { kind: 'list', item: a.items.reduce(merged, b.item) }
  return a.kind === b.kind ? a : { kind: 'any' }
}

function optional(type: Type): Type {
  return type.kind === 'none' || type.kind === 'optional' || type.kind === 'any' ? type : { kind: 'optional', of: type }
}
