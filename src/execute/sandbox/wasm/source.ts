/**
 * Makes plain scripts of TypeScript and of modules, with the `typescript` package.
 * Does not cover: type errors (types are erased, as test harnesses for TypeScript do), JSX, dynamic import of files.
 */
import { BadDataError } from '../../../kernel/index.js'
import { bounded, UnreadableText } from '../bounded.js'

type TypeScript = typeof import('typescript')
let compiler: Promise<TypeScript> | undefined
const load = () => {
  compiler ??= import('typescript').then((module) => module.default)
  return compiler
}

/** The source is not in the language it should be; `message` has the compiler's words. */
export class SourceSyntaxError extends BadDataError {
  readonly line: number
  constructor(message: string, line: number) {
    super(message)
    this.line = line
  }
}

const looksLikeModule = (source: string) => /^[^\S\n]*(import\b(?!\s*\()|export\b)/m.test(source)
const mayFloat = (source: string) => /\basync\b|\bPromise\b|\bawait\b/.test(source)

export interface Plain {
  readonly code: string
  /** The whole text had to go into an async function, because it awaits at its top level. */
  readonly wrapped: boolean
}

/** A script for QuickJS with `require`, `module` and `exports`. Lines keep their numbers where nothing was erased. */
export async function plainScript(source: string, language: string, name: string): Promise<Plain> {
  const code = source.replace(/^\uFEFF/, '').replace(/^#!/, '//#!')
  const foreign = language === 'typescript' || looksLikeModule(code)
  if (!foreign && !mayFloat(code)) return { code, wrapped: false }
  const ts = await load()
  try {
    return bounded(() => {
      const plain = foreign ? transpile(ts, code, language, name) : code
      return mayFloat(plain) ? catchFloating(ts, plain) : { code: plain, wrapped: false }
    })
  } catch (error) {
    if (error instanceof UnreadableText) throw new SourceSyntaxError(`${name}: ${error.message}`, 1)
    throw error
  }
}

function transpile(ts: TypeScript, source: string, language: string, name: string): string {
  const file = language === 'typescript' ? `${name}.ts` : `${name}.js`
  const { outputText, diagnostics } = ts.transpileModule(source, {
    fileName: file,
    reportDiagnostics: true,
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.CommonJS,
      esModuleInterop: true,
      allowJs: true,
      removeComments: false,
    },
  })
  const first = diagnostics?.find((d) => d.category === ts.DiagnosticCategory.Error && d.code < 5000)
  if (first !== undefined) {
    const line = first.file === undefined ? 1 : first.file.getLineAndCharacterOfPosition(first.start ?? 0).line + 1
    const message = ts.flattenDiagnosticMessageText(first.messageText, '\n')
    throw new SourceSyntaxError(`${file}:${line}: ${message} (TS${first.code})`, line)
  }
  // The mark of a module made from import/export syntax; as a script it would only shift lines.
  return outputText
    .replace(/^"use strict";\r?\n/, '')
    .replace(/^Object\.defineProperty\(exports, "__esModule", \{ value: true \}\);\r?\n/m, '')
}

/** Call statements report a rejected promise nobody keeps; QuickJS itself has no such event here. */
function catchFloating(ts: TypeScript, code: string): Plain {
  const file = ts.createSourceFile('source.js', code, ts.ScriptTarget.ES2022, false, ts.ScriptKind.JS)
  const edits: [number, string][] = []
  let wrapped = false
  const visit = (node: import('typescript').Node, depth: number) => {
    if (depth === 0 && (ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier !== undefined)))
      wrapped = true
    if (ts.isExpressionStatement(node) && isCall(node.expression)) {
      edits.push([node.expression.getStart(file), '__floating('], [node.expression.end, ')'])
    }
    const inner = ts.isFunctionLike(node) || ts.isClassLike(node) ? depth + 1 : depth
    ts.forEachChild(node, (child) => visit(child, inner))
  }
  const isCall = (node: import('typescript').Node): boolean =>
    ts.isCallExpression(node)
      ? node.expression.kind !== ts.SyntaxKind.SuperKeyword
      : ts.isParenthesizedExpression(node) && isCall(node.expression)
  visit(file, 0)
  const parts: string[] = []
  let done = 0
  for (const [at, text] of edits.sort((a, b) => a[0] - b[0])) {
    parts.push(code.slice(done, at), text)
    done = at
  }
  return { code: parts.join('') + code.slice(done), wrapped }
}
