/** TypeScript without a build: types are removed file by file; only syntax errors count as compile errors. */
import { createRequire } from 'node:module'
import type TypeScript from 'typescript'
import type { Program } from '../../kernel/index.js'
import { bounded } from './bounded.js'

/** Half a second to load, which most commands never need. */
let compiler: typeof TypeScript | undefined
const load = createRequire(import.meta.url)

export function withoutTypes(
  program: Program,
): { files: [string, string | Uint8Array][]; entry: string } | { error: string } {
  const files: [string, string | Uint8Array][] = []
  for (const [name, content] of Object.entries(program.files)) {
    if (!name.endsWith('.ts')) {
      files.push([name, content])
      continue
    }
    const result = stripTypes(typeof content === 'string' ? content : Buffer.from(content).toString('utf8'), name)
    if ('error' in result) return result
    files.push([plainName(name), result.code])
  }
  return { files, entry: plainName(program.entry) }
}

function plainName(name: string): string {
  return name.replace(/\.ts$/, '.js')
}

export function stripTypes(source: string, fileName = 'solution.ts'): { code: string } | { error: string } {
  compiler ??= load('typescript') as typeof TypeScript
  const ts = compiler
  try {
    const { outputText, diagnostics = [] } = bounded(() =>
      ts.transpileModule(source, {
        fileName,
        reportDiagnostics: true,
        compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS, removeComments: false },
      }),
    )
    const problem = diagnostics.find((one) => one.category === ts.DiagnosticCategory.Error)
    if (!problem) return { code: outputText }
    const text = ts.flattenDiagnosticMessageText(problem.messageText, '\n')
    const at =
      problem.file && problem.start !== undefined ? problem.file.getLineAndCharacterOfPosition(problem.start) : null
    return { error: at ? `${fileName}:${at.line + 1}:${at.character + 1}: ${text}` : text }
  } catch (error) {
    return { error: `the source cannot be read as TypeScript: ${(error as Error).message}` }
  }
}
