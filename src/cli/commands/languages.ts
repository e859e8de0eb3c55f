/** `cupel languages`: which languages run here, how isolated, and how to get the others. */
import type { Command } from 'commander'
import type { IsolationChoice, LanguageStatus } from '../../execute/index.js'
import { type CommonOptions, finish, isolationOption } from '../options.js'
import { paint, print, printJson, printNote, table, visible } from '../output.js'

export function addLanguages(cupel: Command): void {
  const command = cupel
    .command('languages')
    .summary('which languages run here, and how isolated')
    .description('Probes the toolchains of this machine and says which isolation each language gets.')
    .addOption(isolationOption())
  finish(command, ['cupel languages', 'cupel languages --isolation wasm --json']).action(
    async (options: CommonOptions & { isolation: IsolationChoice }) => {
      const { findLanguage, Sandbox } = await import('../../execute/index.js')
      const sandbox = await Sandbox.open({ isolation: options.isolation })
      try {
        const rows = (await sandbox.languages()).map((status) =>
          languageRow(status, findLanguage(status.language).title),
        )
        if (sandbox.withoutNative && options.isolation === 'auto' && !options.quiet)
          printNote(`note: native isolation cannot be had: ${sandbox.withoutNative}`)
        if (options.json) printJson(rows)
        else print(languageTable(rows))
      } finally {
        await sandbox.close()
      }
    },
  )
}

export interface LanguageRow {
  readonly id: string
  readonly name: string
  readonly available: boolean
  readonly version: string | null
  readonly isolation: LanguageStatus['isolation']
  /** What to do when it is not available. */
  readonly install: string | null
}

export function languageRow({ language, isolation, version, install }: LanguageStatus, name: string): LanguageRow {
  return { id: language, name, available: isolation !== null, version, isolation, install: install ?? null }
}

/** What is here, line by line; the rest, which may be most, as a list. */
export function languageTable(rows: readonly LanguageRow[]): string {
  const here = rows.filter(({ available }) => available)
  const missing = rows.filter(({ available }) => !available).map(({ id }) => id)
  const lines = here.map(({ id, isolation, version }) => [id, isolation ?? '', short(visible(version ?? ''))])
  if (missing.length === 0) return table(['language', 'isolation', 'version'], lines)
  return [
    table(['language', 'isolation', 'version'], lines),
    '',
    `${paint.yellow('not here')} (cupel setup NAME installs them, or says how):`,
    ...wrapped(missing),
  ].join('\n')
}

function short(text: string, most = 60): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text
}

/** Lines of at most 100 characters. */
function wrapped(names: readonly string[]): string[] {
  const lines: string[] = []
  for (const name of names) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + name.length + 2 <= 100) lines[lines.length - 1] = `${last}, ${name}`
    else lines.push(`  ${name}`)
  }
  return lines
}
