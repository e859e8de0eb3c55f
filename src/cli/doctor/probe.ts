/** What is there: isolation, languages, compiler, data and model providers. Values of variables are never read out. */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { promisify } from 'node:util'
import { findLanguage, type Sandbox } from '../../execute/index.js'
import { findCompiler } from '../../execute/sandbox/native/build.mjs'
import type { Isolation } from '../../kernel/index.js'
import { providers } from '../../models/index.js'
import { dataFolder } from '../../runs/index.js'
import { type LanguageRow, languageRow } from '../commands/languages.js'
import { neededFiles } from '../data-files.js'

const call = promisify(execFile)

export interface Probed {
  /** What Python programs get, since that is what most candidates are. */
  readonly isolation: Isolation
  /** Why native isolation is not in use, or null if it is. */
  readonly withoutNative: string | null
  readonly languages: readonly LanguageRow[]
  /** First line of its version, or null: then the native sandbox cannot be built. */
  readonly compiler: string | null
  readonly data: { readonly folder: string; readonly exists: boolean; readonly found: number; readonly needed: number }
  readonly providers: readonly {
    readonly name: string
    readonly set: readonly string[]
    readonly unset: readonly string[]
  }[]
}

export async function probe(sandbox: Sandbox, env = process.env): Promise<Probed> {
  const files = neededFiles()
  return {
    isolation: await sandbox.isolationOf('python', 'examine'),
    withoutNative: sandbox.withoutNative,
    languages: (await sandbox.languages()).map((status) => languageRow(status, findLanguage(status.language).title)),
    compiler: await compilerVersion(),
    data: {
      folder: dataFolder(),
      exists: existsSync(dataFolder()),
      found: files.filter(({ found }) => found).length,
      needed: files.length,
    },
    providers: providers.map(({ name, needs }) => ({
      name,
      set: needs.filter((variable) => env[variable]),
      unset: needs.filter((variable) => !env[variable]),
    })),
  }
}

async function compilerVersion(): Promise<string | null> {
  const compiler = findCompiler()
  if (compiler === null) return null
  const { stdout } = await call(compiler, ['--version'], { timeout: 20_000 })
  return stdout.split('\n')[0] ?? compiler
}
