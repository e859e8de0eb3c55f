/** `cupel show`: one definition in full. */
import type { Command } from 'commander'
import type { AnyDefinition } from '../catalogues.js'
import { type CommonOptions, finish } from '../options.js'
import type { OptionInfo } from '../method-options.js'
import { heading, print, printJson, table } from '../output.js'

export function addShow(cupel: Command): void {
  const command = cupel
    .command('show')
    .summary('one benchmark, method, language, provider, study or format in full')
    .description('Shows where a definition comes from, its options with their defaults, its data and its limits.')
    .argument('<name>', 'a name that cupel list prints; formats/NAME or studies/NAME for one called like its benchmark')
  finish(command, ['cupel show codet', 'cupel show humaneval --json', 'cupel show formats/multipl-e']).action(
    async (name: string, options: CommonOptions) => {
      const definition = await definitionNamed(name)
      const shown = await described(definition)
      if (options.json) printJson(shown)
      else print(page(shown))
    },
  )
}

/** `formats/multipl-e` is the format and `studies/can-ai-code` the study, the bare names are the benchmarks. */
async function definitionNamed(name: string): Promise<AnyDefinition> {
  const { catalogues } = await import('../catalogues.js')
  const { named } = await import('../names.js')
  const [, folder, rest] = /^(\w+)\/(.+)$/.exec(name) ?? []
  const within = Object.entries(catalogues).filter(([each]) => !(folder && folder in catalogues) || each === folder)
  const definitions = within.flatMap(([, each]) => [...each.definitions])
  return named<AnyDefinition>('definition', rest ?? name, definitions)
}

interface Shown {
  readonly kind: string
  readonly name: string
  readonly summary: string
  readonly source: AnyDefinition['source'] | null
  readonly facts: Readonly<Record<string, unknown>>
  readonly options?: readonly OptionInfo[]
  readonly acceptance?: Readonly<Record<string, string>>
}

async function described(definition: AnyDefinition): Promise<Shown> {
  const { catalogue: kind, name, summary, source = null, acceptance } = definition
  const proof = acceptance ? { acceptance } : {}
  const common = { kind, name, summary, source, ...proof }
  switch (definition.catalogue) {
    case 'method': {
      const { optionsOf } = await import('../method-options.js')
      return { ...common, facts: {}, options: optionsOf(definition) }
    }
    case 'benchmark': {
      const { licence, data, k, limits, defects, contamination, recorded } = definition
      const { problemFacts } = await import('../../evaluate/index.js')
      const counted = problemFacts(name)
      return { ...common, facts: { ...counted, licence, data, k, limits, defects, contamination, recorded } }
    }
    case 'study':
      return { ...common, facts: { data: definition.data } }
    case 'language': {
      const { title, extensions, aliases, native, wasm } = definition
      const { install, compile, run, env, reads } = native ?? {}
      const words = { packages: install?.apt, compile: compile?.join(' '), run: run?.join(' ') }
      return { ...common, facts: { title, extensions, aliases, ...words, env, reads, wasm } }
    }
    case 'format': {
      const { files, holds, writes, silent } = definition
      return { ...common, facts: { files, holds, writes, 'cannot say': silent } }
    }
    case 'provider': {
      const { separator, needs } = definition
      return { ...common, facts: { form: `${name}${separator}…`, needs } }
    }
  }
}

function page({ kind, name, summary, source, facts, options = [], acceptance = {} }: Shown): string {
  const rows = Object.entries(facts)
    .filter(([, value]) => value !== undefined)
    .map(([fact, value]) => [fact, text(value)])
  const parts = [
    `${heading(name)}  ${kind}\n${summary}`,
    source ? `from ${source.title} (${source.year})${source.link ? `\n${source.link}` : ''}` : '',
    rows.length === 0 ? '' : table(['', ''], rows).trimStart(),
    options.length === 0
      ? ''
      : table(
          ['option', 'type', 'default', 'what it does'],
          options.map((one) => [
            one.name,
            one.type,
            one.default === undefined ? 'required' : String(one.default),
            one.description,
          ]),
        ),
    Object.keys(acceptance).length === 0 ? '' : table(['point', 'what its tests show'], Object.entries(acceptance)),
  ]
  return parts.filter((part) => part !== '').join('\n\n')
}

/** Lists one below the other, objects as `key: value`. */
function text(value: unknown): string {
  if (Array.isArray(value))
    return value.every((one) => typeof one !== 'object') ? value.join(', ') : value.map(text).join('\n')
  if (value === null || typeof value !== 'object') return String(value)
  return Object.entries(value)
    .map(([key, part]) => `${key}: ${typeof part === 'object' ? JSON.stringify(part) : part}`)
    .join('\n')
}
