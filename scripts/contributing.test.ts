/** The worked examples of CONTRIBUTING.md, type-checked as if they lay in the files they name. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { expect, it } from 'vitest'
import { isDefinition } from './catalogue.mjs'
import { root } from './root.mjs'

/** Path → source of every `ts` block that opens with a comment naming its file. */
function examples(): Map<string, string> {
  const text = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8').replaceAll('\r\n', '\n')
  const blocks = text.matchAll(/^```ts\n\/\/ (src\/\S+)\n([\s\S]*?)^```$/gm)
  return new Map([...blocks].map(([, path, source]) => [join(root, path as string), source as string]))
}

function typeErrors(files: Map<string, string>): string[] {
  const read = (path: string) => ts.sys.readFile(path)
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(join(root, 'tsconfig.json'), read).config,
    ts.sys,
    root,
  )
  const host = ts.createCompilerHost({ ...options, noEmit: true })
  const { fileExists, readFile, getSourceFile } = host
  host.fileExists = (path) => files.has(path) || fileExists(path)
  host.readFile = (path) => files.get(path) ?? readFile(path)
  host.getSourceFile = (path, language, ...rest) => {
    const source = files.get(path)
    return source === undefined ? getSourceFile(path, language, ...rest) : ts.createSourceFile(path, source, language)
  }
  const program = ts.createProgram([...files.keys()], { ...options, noEmit: true }, host)
  const own = program.getSourceFiles().filter(({ fileName }) => files.has(fileName))
  return own
    .flatMap((file) => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)])
    .map(({ messageText, file }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`)
}

it('has an example of each kind, found by the catalogue', () => {
  const definitions = [...examples()].filter(([path]) => !path.endsWith('.test.ts'))
  expect(definitions).toHaveLength(4)
  expect(definitions.filter(([, source]) => !isDefinition(source))).toEqual([])
})

it('has no type error', () => {
  expect(typeErrors(examples())).toEqual([])
})

it('would notice one', () => {
  const [path, source] = [...examples()][0] as [string, string]
  expect(
    typeErrors(new Map([[path, source.replace("name: 'occam',\n  summary", "nom: 'occam',\n  summary")]])),
  ).not.toEqual([])
})
