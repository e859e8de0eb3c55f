/**
 * Syntax trees of Java and Python, by Tree-sitter's grammars in WebAssembly. What is no program gets a tree too, with
 * `ERROR` in it. Comments are left out, and a literal of text is a leaf, whatever stands in it.
 * Not covered: what names mean, and programs whose trees are more than 400 levels deep: below that is a leaf.
 */
import { createRequire } from 'node:module'

export const syntaxLanguages = ['java', 'python'] as const
export type SyntaxLanguage = (typeof syntaxLanguages)[number]

export interface SyntaxNode {
  /** As the grammar calls it; of punctuation and keywords the text itself. */
  readonly type: string
  /** Not punctuation or a keyword. */
  readonly named: boolean
  /** The parser put it there, since the program lacks it. */
  readonly missing: boolean
  /** What it is to its parent, where the grammar says. */
  readonly field: string | null
  readonly start: number
  readonly end: number
  readonly children: readonly SyntaxNode[]
}

export type Parse = (source: string) => SyntaxNode

const literals = new Set(['string', 'string_literal', 'character_literal'])
const deepest = 400
const require = createRequire(import.meta.url)
const opened = new Map<SyntaxLanguage, Promise<Parse>>()

/** Loads the grammar once. The function it gives takes time in proportion to the text, and holds nothing of it. */
export function openSyntax(language: SyntaxLanguage): Promise<Parse> {
  const found = opened.get(language) ?? open(language)
  opened.set(language, found)
  return found
}

async function open(language: SyntaxLanguage): Promise<Parse> {
  const { default: treeSitter } = await import('@vscode/tree-sitter-wasm')
  await treeSitter.Parser.init()
  const grammar = require.resolve(`@vscode/tree-sitter-wasm/wasm/tree-sitter-${language}.wasm`)
  const parser = new treeSitter.Parser()
  parser.setLanguage(await treeSitter.Language.load(grammar))
  return (source) => {
    const tree = parser.parse(source)
    if (!tree) throw new Error('the parser has no language')
    const cursor = tree.walk()
    try {
      return nodeAt(cursor, source, 0)
    } finally {
      // Both live in the memory of WebAssembly, which no collector looks after.
      cursor.delete()
      tree.delete()
    }
  }
}

interface Cursor {
  readonly nodeType: string
  readonly nodeIsNamed: boolean
  readonly nodeIsMissing: boolean
  readonly currentFieldName: string | null
  readonly startIndex: number
  readonly endIndex: number
  gotoFirstChild(): boolean
  gotoNextSibling(): boolean
  gotoParent(): boolean
}

function nodeAt(cursor: Cursor, source: string, depth: number): SyntaxNode {
  const { nodeType: type, nodeIsNamed: named, nodeIsMissing: missing, currentFieldName: field } = cursor
  const { startIndex: start, endIndex: end } = cursor
  const children: SyntaxNode[] = []
  if (!literals.has(type) && depth < deepest && cursor.gotoFirstChild()) {
    do if (!cursor.nodeType.endsWith('comment')) children.push(nodeAt(cursor, source, depth + 1))
    while (cursor.gotoNextSibling())
    cursor.gotoParent()
  }
  return { type, named, missing, field, start, end, children }
}

/** The child that is this to the node. */
export function childOf(node: SyntaxNode, field: string): SyntaxNode | undefined {
  return node.children.find((child) => child.field === field)
}
