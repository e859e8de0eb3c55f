/** Rust: the prompt's declaration says which types cross; the stand-in is its body. */
import { readFileSync } from 'node:fs'
import type { AssertionSuite } from '../../../kernel/index.js'
import { type Embedding, NotEmbeddable } from './embedding.js'
import { closers, closing, leftOpen, replaced, splitTop, withoutTexts } from './header.js'

const cupel = readFileSync(new URL('rust/cupel.rs', import.meta.url), 'utf8')
const any = readFileSync(new URL('rust/any.rs', import.meta.url), 'utf8')
const macros = readFileSync(new URL('rust/tests.rs', import.meta.url), 'utf8')

export const rust: Embedding = {
  language: 'rust',
  examiner(suite) {
    const { trusted, script } = suite
    const { name, parameters } = declared(suite)
    const asked = parameters.map((one) => `cupel::shown(&${one.name})`).join(', ')
    const changes = parameters.map((one, i) =>
      one.lent === 'mut' ? `cupel_reply.give_back(${i}, |value: ${owned(one.type)}| ${givenBack(one)});` : '',
    )
    const body = [
      `let mut cupel_reply = cupel::ask(${JSON.stringify(name)}, &[${asked}]);`,
      'let cupel_value = cupel_reply.value();',
      ...changes,
      'cupel_value',
    ].join('\n')
    const before = `${withoutForeign(trusted)}\n${body}\n${closers(trusted, script, 'rust')}\n`
    const { text, run } = withoutHarness(withoutForeign(script))
    const source = `mod cupel;\n${macros}\n${before}${text}\nfn main() {\n${run.join('\n')}\n}\n`
    return { 'main.rs': source, 'cupel.rs': guest(suite) }
  },
  candidate(suite, code) {
    const { name, parameters } = declared(suite)
    const taken = parameters.map(({ type, lent }, i) => {
      const before = lent === 'mut' ? ` let before_${i} = cupel::shown(&argument_${i});` : ''
      return `let mut argument_${i} = <${forever(owned(type))} as cupel::Take>::take(call)?;${before}`
    })
    const given = parameters.map(({ lent }, i) => `${lent === 'mut' ? '&mut ' : lent ? '&' : ''}argument_${i}`)
    const changes = parameters.map(({ lent }, i) =>
      lent === 'mut' ? `cupel::changed(&mut reply, ${i}, &before_${i}, cupel::shown(&argument_${i}));` : '',
    )
    const imports = usesIn(withoutForeign(suite.trusted)).map(({ text }) => text)
    const serving = `
#[allow(warnings)]
mod cupel_serving {
use super::*;
use super::cupel;
${imports.join('\n')}
pub fn main() {
cupel::serve(|call| {
${taken.join('\n')}
let mut reply = ::std::string::String::from("v ");
cupel::Put::put(&super::${name}(${given.join(', ')}), &mut reply);
${changes.filter(Boolean).join('\n')}
::std::result::Result::Ok(reply)
})
}
}
fn main() { cupel_serving::main() }
mod cupel;
`
    return { 'main.rs': `${withoutMain(withoutForeign(code))}\n${serving}`, 'cupel.rs': guest(suite) }
  },
  beside(suite, code, word) {
    const script = withoutForeign(suite.script)
    const own = withoutMain(withoutForeign(leftOpen(code, script, 'rust')))
    const { text, run } = withoutHarness(script)
    const main = `fn main() {\nlet report = cupel::report();\n${run.join('\n')}\nreport.ended("${word}", ${run.length});\n}`
    return {
      files: { 'main.rs': `${own}\n${macros}\n${text}\n${main}\nmod cupel;\n`, 'cupel.rs': guest(suite) },
      tests: run.length,
    }
  },
  cannotCross: /the trait bound `.*: (?:cupel::)?(?:Put|Take)` is not satisfied/,
}

/** Values of any type cost each build a second, and few prompts have them. */
const guest = ({ trusted }: AssertionSuite) => (/\bdyn\s+Any\b/.test(trusted) ? `${cupel}\n${any}` : cupel)

/** A program has one main: ours. */
const withoutMain = (code: string) =>
  replaced(code, plainly(code), [[/^(?:pub\s+)?fn\s+main\s*\(/gm, () => 'fn cupel_candidate_main(']])

const plainly = (text: string) => withoutTexts(text, 'rust')

/** What holds the value of a parameter that is lent: a `String` for a `&str`, a `Vec` for a `&[T]`. */
function owned(type: string): string {
  const inner = /^&\s*(?:'\w+\s+)?(?:mut\s+)?([\s\S]*)$/.exec(type)?.[1]?.trim() ?? type
  if (inner === type) return type
  if (inner === 'str') return 'String'
  if (/^dyn\b/.test(inner)) return `Box<${inner}>`
  const items = /^\[([^;]*)\]$/.exec(inner)?.[1]
  return items === undefined ? inner : `Vec<${items}>`
}

function givenBack({ name, type }: { name: string; type: string }): string {
  return /^&[^[]*\[[^;]*\]$/.test(type)
    ? `for (to, from) in ${name}.iter_mut().zip(value) { *to = from }`
    : `*${name} = value`
}

/** What is taken from a line lives as long as the program. */
const forever = (type: string) => type.replace(/'(?!static\b)[a-z_]\w*/g, "'static")

interface Parameter {
  readonly name: string
  readonly type: string
  readonly lent: 'mut' | 'shared' | null
}

/** The function that the prompt leaves open. */
function declared({ trusted, entryPoint }: Pick<AssertionSuite, 'trusted' | 'entryPoint'>) {
  const plain = plainly(trusted)
  const none = new NotEmbeddable(`the prompt does not end inside the function ${entryPoint}`)
  const found = [...plain.matchAll(/^[ \t]*(?:pub(?:\([^)]*\))?\s+)?fn\s+(\w+)\s*(?:<[^(]*>\s*)?\(/gm)].at(-1)
  if (!found || !/\{\s*$/.test(plain)) throw none
  const open = found.index + found[0].length - 1
  const end = closing(plain, open)
  if (end < 0 || /[{}]/.test(plain.slice(open, plain.trimEnd().length - 1))) throw none
  const parameters = splitTop(trusted.slice(open + 1, end)).map((text): Parameter => {
    const [, name, type] = /^(?:mut\s+)?(\w+)\s*:\s*([\s\S]+)$/.exec(text) ?? []
    if (!name || !type) throw new NotEmbeddable(`the parameter «${text}» has no name`)
    const lent = /^&\s*(?:'\w+\s+)?mut\b/.test(type) ? 'mut' : type.startsWith('&') ? 'shared' : null
    return { name, type: type.trim(), lent }
  })
  return { name: found[1] as string, parameters }
}

function usesIn(source: string) {
  return [...plainly(source).matchAll(/^[ \t]*(?:pub\s+)?(?:use\b|extern\s+crate\b)[^;]*;/gm)].map((found) => ({
    at: found.index,
    text: found[0],
  }))
}

/** Without what is imported from crates: only the standard library is there. */
function withoutForeign(source: string): string {
  const plain = plainly(source)
  const known = (name: string) =>
    /^(?:std|core|alloc|crate|self|super)$/.test(name) ||
    new RegExp(`\\b(?:mod|enum|struct|trait|union|type)\\s+${name}\\b|(?:::|[{,]\\s*|\\bas\\s+)${name}\\s*[;,}]`).test(
      plain,
    )
  let text = source
  for (const { at, text: use } of usesIn(source)) {
    const first = /(?:use|crate)\s+(?:::)?\s*(\w+)/.exec(use)?.[1]
    if (first !== undefined && !known(first))
      text = text.slice(0, at) + use.replace(/[^\n]/g, ' ') + text.slice(at + use.length)
  }
  return text
}

/** The script as plain functions, and the statements that run its tests in order. */
function withoutHarness(script: string): { text: string; run: string[] } {
  const plain = plainly(script)
  const run: string[] = []
  const modules: string[] = []
  const steps =
    /\bmod\s+(\w+)\s*\{|\{|\}|((?:#\[[^\]]*\]\s*)*#\[test\]\s*(?:#\[[^\]]*\]\s*)*)(?:pub(?:\([^)]*\))?\s+)?fn\s+(\w+)|^(?:pub\s+)?fn\s+main\b/gm
  const edits: { at: number; length: number; made: string }[] = []
  for (const found of plain.matchAll(steps)) {
    const [whole, module, attributes, name] = found
    if (whole === '}') modules.pop()
    else if (whole.endsWith('{')) modules.push(module ?? '')
    else {
      const path = [...modules.filter(Boolean), name ?? 'cupel_script'].join('::')
      const panics = /should_panic/.test(attributes ?? '')
      if (!/#\[ignore\b/.test(attributes ?? '')) run.push(`cupel::test(|| ${path}(), ${panics});`)
      edits.push({ at: found.index, length: whole.length, made: `pub fn ${name ?? 'cupel_script'}` })
    }
  }
  let text = script
  for (const { at, length, made } of edits.reverse()) text = text.slice(0, at) + made + text.slice(at + length)
  text = replaced(text, plainly(text), [
    [/#\[cfg\(test\)\]/g, () => ''],
    [/\bmod\s+(?=\w+\s*\{)/g, (found) => `pub ${found}`],
  ])
  return { text, run }
}
