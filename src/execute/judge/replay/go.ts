/** Go: the prompt's declaration says which types cross; the stand-in has its head with names of our own. */
import { readFileSync } from 'node:fs'
import type { AssertionSuite } from '../../../kernel/index.js'
import { type Embedding, type Files, NotEmbeddable } from './embedding.js'
import { type Import, importBlock, importedBy, usedIn, withoutImports } from './go-imports.js'
import { closers, closing, leftOpen, replaced, splitTop, withoutTexts } from './header.js'

const shipped = (names: readonly string[]): Files =>
  Object.fromEntries(
    names.map((name) => [`cupel_${name}.go`, readFileSync(new URL(`go/${name}.go`, import.meta.url), 'utf8')]),
  )
const bothSides = shipped(['values', 'lines'])
const serving = shipped(['serve'])
const examining = shipped(['examine', 'assert'])

export const go: Embedding = {
  language: 'go',
  examiner(suite) {
    const { trusted, script } = suite
    const { name, parameters, results, from } = declared(suite)
    const args = parameters.map(({ type }, i) => `${argument(i)} ${type}`)
    const made = results.map((type, i) => `cupelResult${i} ${type}`)
    const pointers = (each: readonly string[]) =>
      `[]interface{}{${each.map((one) => `&${one.split(' ')[0]}`).join(', ')}}`
    const head = `func ${name}(${args.join(', ')}) (${made.join(', ')}) {`
    const call = `cupelCall(${JSON.stringify(name)}, ${pointers(made)}, ${pointers(args)})\nreturn`
    const before = `${trusted.slice(0, from)}${head}\n${call}\n${closers(trusted, script)}\n`
    const { text, run } = withoutHarness(withoutImports(script))
    const body = `${withoutHarness(withoutImports(before)).text}\n${text}`
    const imports = usedIn(body, [...importedBy(before), ...importedBy(script)])
      .filter(({ path }) => !supplied(path))
      .map((one) => (isRandom(one) ? { ...one, alias: 'cupelRand' } : one))
    const main = `${known(trusted, before)}func main() { cupelTests(${run.join(', ')}) }\n`
    return {
      'main.go': `package main\n${importBlock(imports)}${random(imports)}${body}\n${main}`,
      ...bothSides,
      ...examining,
    }
  },
  candidate(suite, code) {
    const { name, parameters, results } = declared(suite)
    const types = parameters.map(({ type }, i) => `${argument(i)} ${type}`).join(', ')
    const given = parameters.map(({ type }, i) => `${argument(i)}${type.startsWith('...') ? '...' : ''}`)
    const call = `${results.length > 0 ? 'return ' : ''}${name}(${given.join(', ')})`
    const served = `func(${types}) (${results.join(', ')}) { ${call} }`
    const imports = usedIn(served, importedBy(suite.trusted))
    const main = `${known(suite.trusted, code)}func main() { cupelServe(${served}) }\n`
    return {
      'main.go': asPart(code, suite.trusted),
      'cupel_main.go': `package main\n${importBlock(imports)}${main}`,
      ...bothSides,
      ...serving,
    }
  },
  beside({ trusted, script }, code, word) {
    // Names that the program cannot know: it could change what decides, or end a test as one that is left out.
    const hidden = (source: string) => source.replace(/\bcupel(?=[A-Z])/g, `cupel${word}`)
    const own = asPart(leftOpen(code, script), trusted)
    const { text, run } = withoutHarness(withoutImports(script))
    const body = `${withoutImports(own)}\n${hidden(text)}`
    const imports = usedIn(body, [...importedBy(own), ...importedBy(trusted), ...importedBy(script)]).filter(
      ({ path }) => !supplied(path),
    )
    const main = `func main() { cupelTests(${run.join(', ')}); cupelGiven.send("d ${word} ${run.length}") }\n`
    const ours = Object.entries({ ...bothSides, ...examining }).map(([name, source]) => [name, hidden(source)])
    return {
      files: {
        'main.go': `package main\n${importBlock(imports)}${body}\n${hidden(main)}`,
        ...Object.fromEntries(ours),
      },
      tests: run.length,
    }
  },
}

const argument = (index: number) => `cupelArgument${index}`

const supplied = (path: string) => path === 'testing' || /^github\.com\/stretchr\/testify\b/.test(path)

/** In `script`, with names of ours for what is ours, and what has to be called to run it. */
function withoutHarness(script: string): { text: string; run: string[] } {
  const plain = withoutTexts(script)
  const run = [...plain.matchAll(/^func\s+(Test\w*)\s*\(\s*\w+\s+\*testing\.T\s*\)/gm)].map(
    ([, name]) => `func() { (&cupelT{}).Run(${JSON.stringify(name)}, ${name}) }`,
  )
  const passed = new Set([...plain.matchAll(/\b(\w+)\s+\*testing\.TB?\b/g)].map(([, name]) => name))
  if (/^func\s+main\s*\(/m.test(plain)) run.push('cupelScript')
  const text = replaced(script, plain, [
    [/\*testing\.T\b/g, () => '*cupelT'],
    [/\btesting\.TB\b/g, () => '*cupelT'],
    [/^func\s+main\s*\(/gm, () => 'func cupelScript('],
    // A function of the script that panics on a guess must not end it; those that are run end by themselves.
    [/^func\s+(?!main\b|Test)\w+[^\n]*\{(?=[ \t\r]*$)/gm, (head) => `${head} defer cupelGoOn()`],
    [
      /\b(?:assert|require)\.\w+\(\s*(\w+)\s*,\s*/g,
      (call, name) => (passed.has(name) ? call.replace(/\(.*/s, '(') : call),
    ],
    // Each run of the tests has to make the same calls.
    [/\btime\.Now\(\)/g, () => 'time.Unix(1600000000, 0)'],
  ])
  return { text, run }
}

/** The candidate's file as one of several: of package main, without a main of its own and without what only tests import. */
function asPart(code: string, trusted: string): string {
  const plain = withoutTexts(code)
  const own = importedBy(code)
  const used = new Set(usedIn(withoutImports(code), own))
  const prompted = new Set(importedBy(trusted).map(({ path }) => path))
  const dropped = own.filter((one) => !used.has(one) && prompted.has(one.path))
  let text = code
  for (const { at, length } of [...dropped].sort((a, b) => b.at - a.at))
    text = text.slice(0, at) + ' '.repeat(length) + text.slice(at + length)
  text = replaced(text, withoutTexts(text), [
    [/^[ \t]*package\s+\w+/m, () => 'package main'],
    [/^func\s+main\s*\(\s*\)/gm, () => 'func cupelCandidateMain()'],
  ])
  return /^[ \t]*package\s/m.test(plain) ? text : `package main; ${text}`
}

/** Types that the prompt declares, if the other text declares them too, can stand in an interface. */
function known(trusted: string, other: string): string {
  const typesOf = (text: string) =>
    [...withoutTexts(text).matchAll(/^type\s+(\w+)\s+(?!interface\b)[^=\s]/gm)].map(([, name]) => name as string)
  const theirs = new Set(typesOf(other))
  const names = typesOf(trusted).filter((name) => theirs.has(name))
  return names.length > 0 ? `var _ = cupelKnow(${names.map((name) => `new(${name})`).join(', ')})\n` : ''
}

/** The generator of the package is seeded at random; a script's own is left as it is. */
function random(imports: readonly Import[]): string {
  if (!imports.some(({ alias }) => alias === 'cupelRand')) return ''
  return `type cupelRandom struct{ *cupelRand.Rand }
func (cupelRandom) New(source cupelRand.Source) *cupelRand.Rand { return cupelRand.New(source) }
func (cupelRandom) NewSource(seed int64) cupelRand.Source { return cupelRand.NewSource(seed) }
var rand = cupelRandom{cupelRand.New(cupelRand.NewSource(1))}
`
}

const isRandom = ({ path, alias }: Import) => path === 'math/rand' && alias === null

interface Declared {
  readonly name: string
  readonly parameters: readonly { readonly type: string }[]
  readonly results: readonly string[]
  /** Where its head begins. */
  readonly from: number
}

/** The function that the prompt leaves open. */
function declared({ trusted, entryPoint }: Pick<AssertionSuite, 'trusted' | 'entryPoint'>): Declared {
  const plain = withoutTexts(trusted)
  const none = new NotEmbeddable(`the prompt does not end inside the function ${entryPoint}`)
  const found = [...plain.matchAll(/^func[ \t]+([\p{L}_][\p{L}\p{N}_]*)\s*\(/gmu)].at(-1)
  if (!found || !/\{\s*$/.test(plain)) throw none
  const from = found.index
  const open = from + found[0].length - 1
  const end = closing(plain, open)
  const back = plain
    .slice(end + 1)
    .replace(/\{\s*$/, '')
    .trim()
  if (end < 0 || back.includes('\n')) throw none
  const list = back.startsWith('(') && closing(back, 0) === back.length - 1 ? back.slice(1, -1) : back
  return {
    name: found[1] as string,
    parameters: typesIn(plain.slice(open + 1, end)).map((type) => ({ type })),
    results: typesIn(list),
    from,
  }
}

/** The types of `a, b int, c ...string` or of `int, error`, one for each value. */
function typesIn(list: string): string[] {
  const parts = splitTop(list)
  const named = /^[\p{L}_][\p{L}\p{N}_]*\s+(?=\S)/u
  const isNamed = (part: string) => named.test(part) && !/^(?:chan|func|map|struct|interface)\b/.test(part)
  if (!parts.some(isNamed)) return parts
  return parts.map((_, i) => {
    const typed = parts.slice(i).find(isNamed)
    if (typed === undefined) throw new NotEmbeddable(`«${list}» has a parameter without a type`)
    return typed.replace(named, '')
  })
}
