/**
 * A Java method in the form of CONCODE: called `function`, its parameters arg0, arg1, …, its variables loc0, loc1, … in the order
 * of their declarations, every text "srini_string", a blank between all words and signs; without modifiers,
 * annotations, type parameters and exceptions of the method itself, and without comments.
 * Names go by their letters, not by scope, as there: a member that is called like a variable is renamed too, also behind a dot,
 * but not behind `this.`; parameters of methods of a nested class are counted on, those of lambdas without a type stay.
 */
import { childOf, type Parse, type SyntaxNode } from '../code/index.js'
import { BadDataError } from '../kernel/index.js'

/** Throws BadDataError for what is not one method. */
export function canonicalMethod(source: string, parse: Parse): string {
  const text = ({ start, end }: SyntaxNode) => source.slice(start, end)
  const tree = parse(source)
  const [method, ...others] = tree.children
  if (method?.type !== 'method_declaration' || others.length > 0 || isBroken(tree))
    throw new BadDataError(
      'this is not one method of Java: give its declaration and its body, without a class around it',
    )
  const [type, parameters, body] = ['type', 'parameters', 'body'].map((field) => childOf(method, field)) as SyntaxNode[]
  const dimensions = childOf(method, 'dimensions')
  const names = new Map<string, string>()
  let [args, locals] = [0, 0]
  for (const declared of [parameters, body].flatMap((node) => (node ? declaredIn(node) : []))) {
    const name = nameOf(declared)
    if (!name || names.has(text(name))) continue
    names.set(text(name), parameterTypes.includes(declared.type) ? `arg${args++}` : `loc${locals++}`)
  }
  const word = (leaf: SyntaxNode, i: number, leaves: readonly SyntaxNode[]): string => {
    const own = text(leaf)
    if (leaf.type === 'string_literal') return '"srini_string"'
    const ofThis = leaves[i - 1]?.type === '.' && leaves[i - 2]?.type === 'this'
    return leaf.type === 'identifier' && !ofThis ? (names.get(own) ?? own) : own
  }
  const words = (node: SyntaxNode) => {
    const leaves = leavesOf(node)
    return joined(leaves, leaves.map(word))
  }
  return [type, dimensions]
    .flatMap((node) => (node ? words(node) : []))
    .concat('function')
    .concat([parameters, body].flatMap((node) => (node ? words(node) : [])))
    .join(' ')
}

/** Two closing signs of types that stand together are one word, as a lexer that knows no types has it. */
function joined(leaves: readonly SyntaxNode[], words: readonly string[]): string[] {
  const found: string[] = []
  for (const [i, word] of words.entries()) {
    const before = leaves[i - 1]
    const closes = word === '>' && found.at(-1)?.match(/^>+$/) && before?.end === leaves[i]?.start
    if (closes) found.push(`${found.pop()}>`)
    else found.push(word)
  }
  return found
}

const parameterTypes = ['formal_parameter', 'spread_parameter']
const variableTypes = ['variable_declarator', 'enhanced_for_statement', 'catch_formal_parameter', 'resource']

/** In the order of the text. */
function declaredIn(node: SyntaxNode): SyntaxNode[] {
  if (parameterTypes.includes(node.type)) return [node]
  return [...(variableTypes.includes(node.type) ? [node] : []), ...node.children.flatMap(declaredIn)]
}

/** Of a parameter or a declaration; of one with a variable number of arguments it is in its declarator. */
function nameOf(node: SyntaxNode): SyntaxNode | undefined {
  const declarator = node.children.find(({ type }) => type === 'variable_declarator')
  return childOf(node, 'name') ?? (declarator && childOf(declarator, 'name'))
}

function leavesOf(node: SyntaxNode): SyntaxNode[] {
  return node.children.length === 0 ? [node] : node.children.flatMap(leavesOf)
}

function isBroken(node: SyntaxNode): boolean {
  return node.type === 'ERROR' || node.missing || node.children.some(isBroken)
}
