/**
 * The data flow of a program, as GraphCodeBERT and CodeBLEU have it: for each use of a variable, where its value comes from. By the
 * order of the text and the shape of loops and branches alone: it knows no scopes, no calls and no aliases, and takes names of
 * methods and types for variables. Java and Python.
 * A program whose tree lacks a part that the rules need (it does not parse there) has no data flow at all, as published; nor
 * has one for which it would take too long, since each loop in a loop doubles the work.
 */
import { type SyntaxLanguage, type SyntaxNode, childOf } from '../../code/index.js'
import { ascending, type Flow, inOrder, mergedByPlace, union } from './flows.js'

/** Where each variable may have got its value. */
type State = ReadonlyMap<string, readonly number[]>
type Found = readonly [flows: readonly Flow[], after: State]
type Word = { readonly at: number; readonly text: string }

/** One step of a program's flow, with variables called by the order in which they come up. */
export function dataFlow(tree: SyntaxNode, source: string, language: SyntaxLanguage): string[] {
  const walk = new Walk(source, language, tree)
  let flows: readonly Flow[]
  try {
    ;[flows] = walk.flowOf(tree, new Map())
  } catch (error) {
    if (!(error instanceof NoFlow)) throw error
    return []
  }
  const linked = new Set(flows.flatMap(({ at, positions }) => (positions.length > 0 ? [at, ...positions] : [])))
  const merged = new Map<number, Flow>()
  for (const flow of flows) {
    if (!linked.has(flow.at)) continue
    const before = merged.get(flow.at)
    merged.set(flow.at, before ? union(before, flow) : flow)
  }
  const called = new Map<string, number>()
  const call = (name: string) => {
    const number = called.get(name) ?? called.size
    called.set(name, number)
    return number
  }
  return [...merged.values()].map(({ name, relation, names }) => {
    const from = names.map(call)
    return `${call(name)} ${relation} ${from.join(' ')}`
  })
}

class NoFlow extends Error {}

const mostWork = 3_000_000

const branches: Readonly<Record<SyntaxLanguage, readonly string[]>> = {
  java: ['if_statement', 'else'],
  python: ['elif_clause', 'else_clause'],
}

class Walk {
  /** Leaves by their place in the text; two of no length at the same place are one. */
  private readonly words = new Map<string, Word>()
  private work = 0

  constructor(
    private readonly source: string,
    private readonly language: SyntaxLanguage,
    tree: SyntaxNode,
  ) {
    for (const [at, leaf] of leavesOf(tree).entries()) this.words.set(place(leaf), { at, text: this.text(leaf) })
  }

  /** Flows in the order of their words, and what variables hold afterwards. */
  flowOf(node: SyntaxNode, state: State): Found {
    this.spend(1 + state.size)
    if (node.children.length === 0) return this.ofLeaf(node, state)
    const [flows, after] = this[this.language](node, state)
    return [inOrder(flows), after]
  }

  private java(node: SyntaxNode, state: State): Found {
    switch (node.type) {
      case 'variable_declarator':
        return this.declaration(node, state)
      case 'assignment_expression': {
        const [left, right] = [needed(node, 'left'), needed(node, 'right')]
        const [flows, after] = this.flowOf(right, state)
        return this.given(left, right, 'computedFrom', flows, after)
      }
      case 'update_expression':
        return this.given(node, node, 'computedFrom', [], state)
      case 'if_statement':
        return this.branch(node, state)
      case 'for_statement': {
        const after = node.children.findIndex(({ type }) => type === 'local_variable_declaration')
        const again = after < 0 ? [] : node.children.slice(after + 1)
        return this.loop(() => [...node.children, ...again], state)
      }
      case 'enhanced_for_statement': {
        const [name, value, body] = ['name', 'value', 'body'].map((field) => needed(node, field)) as [
          SyntaxNode,
          SyntaxNode,
          SyntaxNode,
        ]
        return this.twice(state, (before) => {
          const [flows, held] = this.flowOf(value, before)
          const [given, after] = this.given(name, value, 'computedFrom', flows, held)
          const [inside, last] = this.flowOf(body, after)
          return [[...given, ...inside], last]
        })
      }
      case 'while_statement':
        return this.loop(() => [...node.children, ...node.children], state)
      default:
        return this.inTurn(node.children, state)
    }
  }

  private python(node: SyntaxNode, state: State): Found {
    switch (node.type) {
      case 'default_parameter':
        return this.declaration(node, state)
      case 'assignment':
      case 'augmented_assignment': {
        if (!childOf(node, 'right')) return [[], state]
        return this.assigned(...pairsOf(needed(node, 'left'), needed(node, 'right')), state)
      }
      case 'for_in_clause':
        return this.assigned([needed(node, 'left')], [node.children.at(-1) as SyntaxNode], state)
      case 'if_statement':
        return this.branch(node, state)
      case 'for_statement': {
        const pairs = pairsOf(needed(node, 'left'), needed(node, 'right'))
        const last = node.children.at(-1) as SyntaxNode
        return this.twice(state, (before) => {
          const [flows, held] = this.assigned(...pairs, before)
          if (last.type !== 'block') return [flows, held]
          const [inside, after] = this.flowOf(last, held)
          return [[...flows, ...inside], after]
        })
      }
      case 'while_statement':
        return this.loop(() => [...node.children, ...node.children], state)
      default: {
        const first = node.children.filter(({ type }) => type === 'for_in_clause')
        return this.inTurn([...first, ...node.children.filter((child) => !first.includes(child))], state)
      }
    }
  }

  private ofLeaf(node: SyntaxNode, state: State): Found {
    const { at, text: name } = this.word(node)
    if (node.type === name) return [[], state]
    const held = state.get(name)
    const flow: Flow = held
      ? { name, at, relation: 'comesFrom', names: [name], positions: held }
      : { name, at, relation: 'comesFrom', names: [], positions: [] }
    return [[flow], !held && node.type === 'identifier' ? new Map(state).set(name, [at]) : state]
  }

  private declaration(node: SyntaxNode, state: State): Found {
    const [name, value] = [needed(node, 'name'), childOf(node, 'value')]
    if (value) {
      const [flows, after] = this.flowOf(value, state)
      return this.given(name, value, 'comesFrom', flows, after)
    }
    const after = new Map(state)
    const flows = this.variables(name).map(({ at, text }): Flow => {
      after.set(text, [at])
      return { name: text, at, relation: 'comesFrom', names: [], positions: [] }
    })
    return [flows, after]
  }

  /** Each word of the left side gets its value from each of the right, one by one. */
  private given(
    left: SyntaxNode,
    right: SyntaxNode,
    relation: Flow['relation'],
    flows: readonly Flow[],
    state: State,
  ): Found {
    const after = new Map(state)
    const values = this.variables(right)
    const more = this.variables(left).flatMap(({ at, text: name }) => {
      this.spend(values.length)
      after.set(name, [at])
      return values.map((value): Flow => ({ name, at, relation, names: [value.text], positions: [value.at] }))
    })
    return [[...flows, ...more], after]
  }

  /** Each word of a left side gets its value from all of its right side together. */
  private assigned(left: readonly SyntaxNode[], right: readonly SyntaxNode[], state: State): Found {
    const [flows, held] = this.inTurn(right, state)
    const after = new Map(held)
    const more = left.slice(0, right.length).flatMap((one, i) => {
      const values = this.variables(right[i] as SyntaxNode)
      return this.variables(one).map(({ at, text: name }): Flow => {
        this.spend(values.length)
        after.set(name, [at])
        return {
          ...{ name, at, relation: 'computedFrom' },
          ...{ names: values.map(({ text }) => text), positions: values.map(({ at }) => at) },
        }
      })
    })
    return [[...flows, ...more], after]
  }

  /** Every branch begins with what held before the statement; afterwards any of them may have been taken. */
  private branch(node: SyntaxNode, state: State): Found {
    const apart = branches[this.language]
    const flows: Flow[] = []
    const ends: State[] = []
    let current = state
    let beyond = false
    let hasElse = false
    for (const child of node.children) {
      if (child.type.includes('else')) hasElse = true
      // In Java all that comes after the first `else` or `if` is of the other branch.
      if (apart.includes(child.type) || (beyond && this.language === 'java')) {
        beyond = true
        const [found, after] = this.flowOf(child, state)
        flows.push(...found)
        ends.push(after)
      } else {
        const [found, after] = this.flowOf(child, current)
        flows.push(...found)
        current = after
      }
    }
    const together = new Map<string, readonly number[]>()
    for (const end of [...ends, current, ...(hasElse ? [] : [state])])
      for (const [name, positions] of end) together.set(name, [...(together.get(name) ?? []), ...positions])
    return [flows, new Map([...together].map(([name, positions]) => [name, ascending(positions)]))]
  }

  private loop(parts: () => readonly SyntaxNode[], state: State): Found {
    const [flows, after] = this.inTurn(parts(), state)
    return [mergedByPlace(flows), after]
  }

  private twice(state: State, round: (before: State) => Found): Found {
    const [first, between] = round(state)
    const [second, after] = round(between)
    return [mergedByPlace([...first, ...second]), after]
  }

  private inTurn(nodes: readonly SyntaxNode[], state: State): Found {
    const flows: Flow[] = []
    let current = state
    for (const node of nodes) {
      const [found, after] = this.flowOf(node, current)
      flows.push(...found)
      current = after
    }
    return [flows, current]
  }

  private spend(work: number): void {
    this.work += work
    if (this.work > mostWork) throw new NoFlow()
  }

  /** Words that are no punctuation and no keyword. */
  private variables(node: SyntaxNode): Word[] {
    return leavesOf(node).flatMap((leaf) => {
      const word = this.word(leaf)
      return leaf.type === word.text ? [] : [word]
    })
  }

  private word(leaf: SyntaxNode): Word {
    return this.words.get(place(leaf)) as Word
  }

  private text({ start, end }: SyntaxNode): string {
    return this.source.slice(start, end)
  }
}

const place = ({ start, end }: SyntaxNode) => `${start}-${end}`

function leavesOf(node: SyntaxNode): SyntaxNode[] {
  return node.children.length === 0 ? [node] : node.children.flatMap(leavesOf)
}

function needed(node: SyntaxNode, field: string): SyntaxNode {
  const child = childOf(node, field)
  if (!child) throw new NoFlow()
  return child
}

/** `a, b = c, d` one by one; where the sides have different lengths, each as a whole. */
function pairsOf(left: SyntaxNode, right: SyntaxNode): [readonly SyntaxNode[], readonly SyntaxNode[]] {
  const [lefts, rights] = [left, right].map(({ children }) => children.filter(({ type }) => type !== ',')) as [
    SyntaxNode[],
    SyntaxNode[],
  ]
  return lefts.length === rights.length && lefts.length > 0 ? [lefts, rights] : [[left], [right]]
}
