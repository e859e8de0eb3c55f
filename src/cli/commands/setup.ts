/** `cupel setup`: installs the toolchains of languages, or says how. */
import type { Command } from 'commander'
import type { SetupResult } from '../../execute/index.js'
import { UsageError } from '../../kernel/index.js'
import type { ExitCode } from '../failure.js'
import { type CommonOptions, finish } from '../options.js'
import { counted, paint, print, printJson, printNote, visible } from '../output.js'

interface SetupOptions extends CommonOptions {
  readonly all?: boolean
  readonly dryRun?: boolean
}

export function addSetup(cupel: Command): void {
  const command = cupel
    .command('setup')
    .summary('install the toolchains of languages')
    .description(
      'Installs the toolchains of languages with apt-get, as root, and shows that each answers inside the sandbox. Where it may not install, it prints the command to type, and ends with exit code 3.',
    )
    .argument('[language...]', 'names or aliases, as in cupel languages')
    .option('--all', 'every language Cupel knows')
    .option('--dry-run', 'only say what would be installed')
  finish(command, ['cupel setup rust go', 'cupel setup --all --dry-run', 'sudo npx cupel setup java --json']).action(
    async (names: string[], options: SetupOptions) => {
      process.exitCode = await install(names, options)
    },
  )
}

async function install(names: readonly string[], { all, dryRun, json, quiet }: SetupOptions): Promise<ExitCode> {
  const { findLanguage, installCommand, languages, setUp } = await import('../../execute/index.js')
  if (all && names.length > 0) throw new UsageError('name languages, or give --all, but not both')
  if (!all && names.length === 0)
    throw new UsageError('name the languages to set up, or give --all: cupel languages shows which are not here')
  const wanted = all ? [...languages] : [...new Set(names.map(findLanguage))]
  const width = Math.max(...wanted.map(({ name }) => name.length))
  const results: SetupResult[] = []
  const onStart = ({ name }: { name: string }, packages: readonly string[]) => {
    if (!quiet) printNote(`${name}: installing ${packages.join(' ')} …`)
  }
  for await (const result of setUp(wanted, { dryRun: dryRun ?? false, onStart })) {
    results.push(result)
    if (json) continue
    print(`${result.language.padEnd(width)}  ${lineOf(result)}`)
    if (result.detail) print(visible(result.detail).replace(/^/gm, '    '))
  }
  const open = results.filter(({ status }) => status === 'by-hand' || status === 'failed')
  const todo = results.filter(({ command }) => command !== null)
  const command = todo.length > 0 ? installCommand(todo.flatMap(({ packages }) => packages)) : null
  if (json) printJson({ ok: open.length === 0, command, languages: results })
  else if (command) print('', `${counted(todo.length, 'language')} to install:`, `  ${command}`)
  return open.length === 0 ? 0 : 3
}

function lineOf({ status, version, packages, reason }: SetupResult): string {
  switch (status) {
    case 'present':
      return `${paint.green('is there')}  ${visible(version ?? '')}`
    case 'installed':
      return `${paint.green('installed')}  ${visible(version ?? '')}`
    case 'planned':
      return `${paint.yellow('would install')}  ${packages.join(' ')}`
    default:
      return `${paint.red(status === 'failed' ? 'failed' : 'not installed')}  ${visible(reason ?? '')}`
  }
}
