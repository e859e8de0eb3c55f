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
          languageRow(status, findLanguage(status.language).summary),
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

/** The summary of a language begins with its name for people. */
export function languageRow({ language, isolation, version, install }: LanguageStatus, summary: string): LanguageRow {
  const name = summary.split(/[:;(]/)[0]?.trim() || language
  return { id: language, name, available: isolation !== null, version, isolation, install: install ?? null }
}

export function languageTable(rows: readonly LanguageRow[]): string {
  return table(
    ['language', 'isolation', 'version'],
    rows.map(({ id, isolation, version, install }) => [
      id,
      isolation === null ? paint.yellow('not here') : isolation,
      visible(isolation === null ? (install ?? 'no toolchain is known') : (version ?? '')),
    ]),
  )
}
