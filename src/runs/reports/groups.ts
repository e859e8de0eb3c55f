/**
 * pass@k by what the problems say of themselves: tags, difficulty, language, date windows. Which fields there are is read
 * off the metadata: a date makes windows, few different words or numbers make categories, anything else makes nothing.
 */
import { bootstrapMean, type SampleCounts } from '../../evaluate/index.js'
import type { Problem } from '../../kernel/index.js'
import { passTable } from '../figures.js'
import type { Group, Grouping } from './gathered.js'
import { counted } from './text.js'

/** Groups listed of one field. */
const most = 40
/** More different values than this are names, not categories, unless they repeat. */
const fewValues = 12
const longestWord = 60

type Counts = ReadonlyMap<string, Required<SampleCounts>>

/** Unknown when the field is none of words, whole numbers or dates. */
type Read = { readonly kind: 'category' | 'window'; readonly names: ReadonlyMap<string, readonly string[]> } | undefined

/** `ks`: what pass@k is reported. */
export function groupings(problems: Iterable<Problem>, counts: Counts, ks: readonly number[] = []): Grouping[] {
  const above = ks.filter((k) => k > 1)
  const fields = new Map<string, Map<string, unknown>>()
  const add = (field: string, id: string, value: unknown) => {
    if (value === undefined || value === null || value === '') return
    const values = fields.get(field) ?? new Map<string, unknown>()
    fields.set(field, values.set(id, value))
  }
  for (const { id, language, kind, metadata } of problems) {
    add('language', id, language)
    add('kind', id, kind)
    for (const [field, value] of Object.entries(metadata)) add(field, id, value)
  }
  const order = (field: string) =>
    /date|time|month|year/i.test(field) ? 0 : /difficult|level|rating/i.test(field) ? 1 : 2
  return [...fields]
    .sort(([a], [b]) => order(a) - order(b))
    .flatMap(([field, values]) => {
      const read = windows(values) ?? categories(values)
      return read ? [grouped(field, read, counts, above)] : []
    })
}

function grouped(field: string, { kind, names }: NonNullable<Read>, counts: Counts, ks: readonly number[]): Grouping {
  const members = new Map<string, string[]>()
  for (const [id, ofProblem] of names)
    if (counts.has(id)) for (const name of new Set(ofProblem)) members.set(name, [...(members.get(name) ?? []), id])
  const all = [...members].map(([name, ids]) => groupOf(name, ids, counts, ks))
  const kept = kind === 'window' ? all : [...all].sort((a, b) => b.problems - a.problems).slice(0, most)
  const inOrder = kind === 'window' ? kept.sort((a, b) => (a.name < b.name ? -1 : 1)) : kept.sort(byName)
  const without = [...counts.keys()].filter((id) => !names.has(id)).length
  return { field, kind, groups: inOrder, leftOut: all.length - kept.length, problemsWithout: without }
}

function groupOf(name: string, ids: readonly string[], counts: Counts, ks: readonly number[]): Group {
  const own = new Map<string, Required<SampleCounts>>()
  const shares: number[] = []
  let [judged, passed, infrastructure] = [0, 0, 0]
  for (const id of ids) {
    const of = counts.get(id) ?? { n: 0, c: 0, infrastructure: 0 }
    const { n, c, infrastructure: lost } = of
    own.set(id, of)
    judged += n
    passed += c
    infrastructure += lost
    // A problem of which the machine judged nothing says nothing.
    if (n > 0) shares.push(c / n)
  }
  const pass = shares.length > 0 ? bootstrapMean(shares) : null
  return { name, problems: shares.length, judged, passed, infrastructure, pass, passAtK: passTable(own, ks) }
}

const ranks = [
  'trivial',
  'introductory',
  'beginner',
  'very easy',
  'easy',
  'medium',
  'interview',
  'hard',
  'very hard',
  'competition',
]

/** Difficulties from easy to hard, numbers by value, the rest by the alphabet. */
function byName({ name: a }: Group, { name: b }: Group): number {
  const [rankA, rankB] = [ranks.indexOf(a.toLowerCase()), ranks.indexOf(b.toLowerCase())]
  if (rankA >= 0 && rankB >= 0) return rankA - rankB
  return a.localeCompare(b, 'en', { numeric: true })
}

function categories(values: ReadonlyMap<string, unknown>): Read {
  const names = new Map<string, string[]>()
  for (const [id, value] of values) {
    const words = (Array.isArray(value) ? value : [value]).map(wordOf)
    if (words.some((word) => word === undefined)) return undefined
    if (words.length > 0) names.set(id, words as string[])
  }
  const distinct = new Set([...names.values()].flat())
  if (distinct.size < 2) return undefined
  const lists = [...values.values()].some(Array.isArray)
  return lists || distinct.size <= Math.max(fewValues, names.size / 4) ? { kind: 'category', names } : undefined
}

function wordOf(value: unknown): string | undefined {
  if (typeof value === 'boolean' || Number.isSafeInteger(value)) return String(value)
  return typeof value === 'string' && value.length <= longestWord && !value.includes('\n') ? value : undefined
}

/** Months where they are few, else quarters, else years. */
function windows(values: ReadonlyMap<string, unknown>): Read {
  const dates = new Map<string, { year: number; month: number }>()
  for (const [id, value] of values) {
    const found = typeof value === 'string' ? /^(\d{4})-(\d{2})(-\d{2}([T ].*)?)?$/.exec(value) : null
    const month = Number(found?.[2])
    if (!found || month < 1 || month > 12) return undefined
    dates.set(id, { year: Number(found[1]), month })
  }
  const forms: ((date: { year: number; month: number }) => string)[] = [
    ({ year, month }) => `${year}-${String(month).padStart(2, '0')}`,
    ({ year, month }) => `${year} Q${Math.ceil(month / 3)}`,
    ({ year }) => String(year),
  ]
  const form = forms.find((each) => new Set([...dates.values()].map(each)).size <= 24) ?? forms.at(-1)
  return form && { kind: 'window', names: new Map([...dates].map(([id, date]) => [id, [form(date)]])) }
}

/** The values of k above 1 for which some group has a figure. */
export function groupKs({ groups }: Grouping): number[] {
  return [...new Set(groups.flatMap(({ passAtK }) => Object.keys(passAtK).map(Number)))].sort((a, b) => a - b)
}

/** Below a table or plot of groups. */
export function groupingNote({ leftOut, problemsWithout, field }: Grouping): string {
  return [
    ...(leftOut > 0 ? [`${counted(leftOut, 'smaller group')} left out`] : []),
    ...(problemsWithout > 0 ? [`${counted(problemsWithout, 'problem')} without ${field}`] : []),
  ].join('; ')
}
