/** Where the interpreters' packages are, so that a child may read these folders and nothing else. */
import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, sep } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { ToolchainError } from '../../../kernel/index.js'

const here = createRequire(import.meta.url)
export const wasmFolder = dirname(fileURLToPath(import.meta.url))

/** The folder of an installed package, as seen from `from` (default: from Cupel itself). */
function packageFolder(name: string, from: NodeJS.Require = here): string {
  for (const base of from.resolve.paths(name) ?? []) {
    const folder = join(base, ...name.split('/'))
    if (existsSync(join(folder, 'package.json'))) return realpathSync(folder)
  }
  throw new ToolchainError(`The package ${name} is missing; install it with: npm install ${name}`)
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

/** CoffeeScript's compiler runs in QuickJS, whose stack is of this size. */
export function coffeescriptRuntime(stackBytes: number): Runtime {
  const quickjs = quickjsRuntime()
  const folder = join(packageFolder('coffeescript'), 'lib', 'coffeescript-browser-compiler-legacy')
  return {
    script: 'hosts/coffeescript.mjs',
    args: [...quickjs.args, join(folder, 'coffeescript.js'), String(stackBytes)],
    reads: [...quickjs.reads, folder],
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

/** C and C++: the toolchain itself. Its package has one entry, which Cupel does not use: only the module and the sysroot. */
export function clangRuntime(): Runtime & { readonly folder: string } {
  const folder = packageFolder('@yowasp/clang')
  const gen = join(folder, 'gen')
  return {
    script: 'hosts/clang.mjs',
    args: [join(gen, 'llvm.core.wasm'), join(gen, 'llvm-resources.tar')],
    reads: [gen],
    folder,
  }
}

export function rubyRuntime(): Runtime {
  const folder = packageFolder('@ruby/3.4-wasm-wasi')
  const wasm = join(folder, 'dist', 'ruby+stdlib.wasm')
  return { script: 'hosts/ruby.mjs', args: [wasm], reads: [dirname(wasm)] }
}

export function perlRuntime(): Runtime {
  const folder = packageFolder('@6over3/zeroperl-ts')
  const wasm = join(folder, 'dist', 'esm', 'zeroperl.wasm')
  return { script: 'hosts/perl.mjs', args: [wasm], reads: [dirname(wasm)] }
}

/** One of the interpreters in the package; the others are other versions and builds for browsers. */
export function phpRuntime(): Runtime {
  const folder = packageFolder('php-wasm')
  const glue = join(folder, 'php8.4-node.mjs')
  const [wasm] = readFileSync(glue, 'utf8').match(/[0-9a-f]{40}\.wasm/) ?? []
  if (wasm === undefined) throw new ToolchainError('The package php-wasm is not the one Cupel was made for.')
  return { script: 'hosts/php.mjs', args: [url(glue), join(folder, wasm)], reads: [folder] }
}

export function prologRuntime(): Runtime {
  const folder = join(packageFolder('swipl-wasm'), 'dist', 'swipl')
  return { script: 'hosts/prolog.mjs', args: [folder], reads: [folder] }
}

export function watRuntime(): Runtime {
  const folder = packageFolder('wabt')
  return { script: 'hosts/wat.mjs', args: [join(folder, 'index.js')], reads: [folder] }
}

/** Programs that are WASI modules: nothing but our own host. */
export function commandRuntime(): Runtime {
  return { script: 'hosts/command.mjs', args: [], reads: [] }
}

/** The version an installed package says it has. */
export function packageVersion(folder: string): string {
  return (here(join(folder, 'package.json')) as { version: string }).version
}

/** The version of a package, or null where it is not installed. */
export function installedVersion(name: string): string | null {
  try {
    return packageVersion(packageFolder(name))
  } catch (error) {
    if (error instanceof ToolchainError) return null
    throw error
  }
}
