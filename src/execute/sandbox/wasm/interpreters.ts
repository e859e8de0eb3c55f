/**
 * The engines of this level by the name that languages call them by (`wasm` in a language's definition): the npm package
 * each comes in, what it is called with its version, and how it runs a program.
 * Does not cover: examining candidates, which Python and JavaScript do besides (engine.ts).
 */
import type { Execution, Isolation, Language, Limits, Program } from '../../../kernel/index.js'
import { Clang } from './clang.js'
import {
  coffeescriptRuntime,
  luaRuntime,
  perlRuntime,
  phpRuntime,
  prologRuntime,
  type Runtime,
  rubyRuntime,
  sqlRuntime,
  watRuntime,
} from './packages.js'
import { runScript } from './script-run.js'
import { Spares } from './spares.js'

export type EngineName = NonNullable<Language['wasm']>

export interface Runner {
  run(program: Program, limits: Limits, signal?: AbortSignal): Promise<Execution>
  close(): Promise<void>
}

export interface Setting {
  readonly flags: readonly string[]
  readonly workers: number
  readonly isolation: Isolation
  /** Bytes of stack that QuickJS may use here. */
  readonly stackBytes: number
}

export interface EngineKind {
  readonly package: string
  /** What runs a language, from the version of the package. */
  title(version: string, language: string): string
  /** Missing where engine.ts opens it itself. */
  open?(setting: Setting): Runner
}

/** An interpreter whose children take whole programs. */
function scripts(runtime: (setting: Setting) => Runtime): (setting: Setting) => Runner {
  return (setting) => {
    const { flags, isolation } = setting
    const spares = new Spares(runtime(setting), { flags }, 1)
    return {
      run: (program, limits, signal) => runScript(spares.under(signal), program, limits, isolation),
      close: () => spares.close(),
    }
  }
}

const standard: Readonly<Record<string, string>> = { c: 'C17', cpp: 'C++17', cpp20: 'C++20' }
const quickjs = (version: string) => `QuickJS (quickjs-emscripten ${version})`

export const engines: Readonly<Record<EngineName, EngineKind>> = {
  pyodide: { package: 'pyodide', title: (version) => `CPython 3.14.2 (pyodide ${version})` },
  quickjs: {
    package: 'quickjs-emscripten',
    title: (version, language) => (language === 'typescript' ? `TypeScript on ${quickjs(version)}` : quickjs(version)),
  },
  sqljs: { package: 'sql.js', title: (version) => `SQLite (sql.js ${version})`, open: scripts(sqlRuntime) },
  wasmoon: { package: 'wasmoon', title: (version) => `Lua 5.4 (wasmoon ${version})`, open: scripts(luaRuntime) },
  clang: {
    package: '@yowasp/clang',
    title: (version, language) => `${standard[language] ?? language} with clang (@yowasp/clang ${version})`,
    open: ({ flags, workers, isolation }) => new Clang(flags, workers, isolation),
  },
  ruby: {
    package: '@ruby/3.4-wasm-wasi',
    title: (version) => `Ruby 3.4 (@ruby/3.4-wasm-wasi ${version})`,
    open: scripts(rubyRuntime),
  },
  zeroperl: {
    package: '@6over3/zeroperl-ts',
    title: (version) => `Perl 5.42 (@6over3/zeroperl-ts ${version})`,
    open: scripts(perlRuntime),
  },
  php: { package: 'php-wasm', title: (version) => `PHP 8.4 (php-wasm ${version})`, open: scripts(phpRuntime) },
  swipl: {
    package: 'swipl-wasm',
    title: (version) => `SWI-Prolog (swipl-wasm ${version})`,
    open: scripts(prologRuntime),
  },
  coffeescript: {
    package: 'coffeescript',
    title: (version) => `CoffeeScript ${version} on QuickJS`,
    open: scripts(({ stackBytes }) => coffeescriptRuntime(stackBytes)),
  },
  wabt: { package: 'wabt', title: (version) => `WebAssembly text (wabt ${version})`, open: scripts(watRuntime) },
}
