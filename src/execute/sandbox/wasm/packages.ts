/** Where the interpreters' packages are, so that a child may read these folders and nothing else. */
import { realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, sep } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { ToolchainError } from '../../../kernel/index.js'

const here = createRequire(import.meta.url)
export const wasmFolder = dirname(fileURLToPath(import.meta.url))

/** The folder of an installed package, found from `from` (default: Cupel itself). */
function packageFolder(name: string, from: NodeJS.Require = here): string {
  try {
    let folder = dirname(realpathSync(from.resolve(name)))
    const tail = name.split('/').join(sep)
    while (!folder.endsWith(tail)) {
      const up = dirname(folder)
      if (up === folder) throw new Error(`no folder ${tail} above it`)
      folder = up
    }
    return folder
  } catch (cause) {
    throw new ToolchainError(`The package ${name} is missing; run "npm install" in Cupel's folder.`, { cause })
  }
}

export interface Runtime {
  /** Host script, relative to this folder. */
  readonly script: string
  readonly args: readonly string[]
  /** Folders the child may read, besides our own. */
  readonly reads: readonly string[]
}

const url = (...path: string[]) => pathToFileURL(join(...path)).href

export function quickjsRuntime(): Runtime {
  const core = packageFolder('quickjs-emscripten-core', createRequire(here.resolve('quickjs-emscripten')))
  const inner = createRequire(join(core, 'package.json'))
  const variant = packageFolder(
    '@jitl/quickjs-wasmfile-release-sync',
    createRequire(here.resolve('quickjs-emscripten')),
  )
  const types = packageFolder('@jitl/quickjs-ffi-types', inner)
  return {
    script: 'hosts/javascript.mjs',
    args: [
      url(core, 'dist', 'index.mjs'),
      url(variant, 'dist', 'index.mjs'),
      join(variant, 'dist', 'emscripten-module.wasm'),
    ],
    reads: [core, variant, types],
  }
}

export function pyodideRuntime(): Runtime & { readonly folder: string } {
  const folder = packageFolder('pyodide')
  return { script: 'hosts/python.mjs', args: [folder + sep], reads: [folder], folder }
}

export function sqlRuntime(): Runtime {
  const folder = packageFolder('sql.js')
  return { script: 'hosts/sql.mjs', args: [url(folder, 'dist', 'sql-wasm.js'), folder + sep], reads: [folder] }
}

export function luaRuntime(): Runtime {
  const folder = packageFolder('wasmoon')
  return {
    script: 'hosts/lua.mjs',
    args: [url(folder, 'dist', 'index.js'), join(folder, 'dist', 'glue.wasm')],
    reads: [folder],
  }
}

/** The version an installed package says it has. */
export function packageVersion(folder: string): string {
  return (here(join(folder, 'package.json')) as { version: string }).version
}

export function folderOf(name: string): string {
  return packageFolder(name)
}
