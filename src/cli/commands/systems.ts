/** `cupel systems`: the research systems, with what is there of each. */
import { type Command, Option } from 'commander'
import type { SystemRow, SystemStatus } from '../../evaluate/systems.js'
import { type CommonOptions, finish } from '../options.js'
import { paint, print, printJson, table } from '../output.js'

interface SystemsOptions extends CommonOptions {
  readonly status?: SystemStatus
}

export function addSystems(cupel: Command): void {
  const command = cupel
    .command('systems')
    .summary('the research systems, with what is there of each')
    .description(
      'Lists all research systems. working: a passing test for every acceptance point; partial: some of it is there; missing: nothing yet.',
    )
    .addOption(new Option('--status <status>', 'only those').choices(['working', 'partial', 'missing']))
  finish(command, ['cupel systems --status working', 'cupel systems --json']).action(
    async (options: SystemsOptions) => {
      const { readAcceptance, systemRows } = await import('../../evaluate/systems.js')
      const { catalogues } = await import('../catalogues.js')
      const all = systemRows(Object.values(catalogues), readAcceptance())
      const rows = options.status ? all.filter(({ status }) => status === options.status) : all
      if (options.json) printJson(rows)
      else print(systemTable(rows), '', totals(all))
    },
  )
}

const colours = { working: paint.green, partial: paint.yellow, missing: paint.dim }

function systemTable(rows: readonly SystemRow[]): string {
  return table(
    [{ head: 'id', align: 'right' }, 'status', 'system', 'where'],
    rows.map(({ id, slug, status, where }) => [String(id), colours[status](status), slug, where.join('\n')]),
  )
}

function totals(rows: readonly SystemRow[]): string {
  const count = (wanted: SystemStatus) => rows.filter(({ status }) => status === wanted).length
  return `${rows.length} systems: ${count('working')} working, ${count('partial')} partial, ${count('missing')} missing`
}
