/** C++: the prompt's declaration says which types cross; the stand-in is its body. */
import { readFileSync } from 'node:fs'
import type { AssertionSuite } from '../../../kernel/index.js'
import { type Embedding, NotEmbeddable } from './embedding.js'
import { closers, leftOpen, openFunction, withoutTexts } from './header.js'

const values = readFileSync(new URL('cpp/cupel.h', import.meta.url), 'utf8')

export const cpp: Embedding = {
  language: 'cpp',
  examiner({ trusted, script, entryPoint }) {
    const { parameters, name } = declared({ trusted, entryPoint })
    const args = parameters.map(nameOf)
    const call = `return cupel::call<decltype(${name}(${args.join(', ')}))>(${[JSON.stringify(name), ...args].join(', ')});`
    const body = `${trusted}\n${call}\n${closers(trusted, script)}\n${assertion}`
    return {
      'main.cpp': `${values}${clock}#line 1 "prompt.cpp"\n${body}\n#line 1 "tests.cpp"\n${withoutAssert(script)}\n`,
    }
  },
  candidate(suite, code) {
    const { parameters, name, front } = declared(suite)
    const type = `${front.replace(/\b(?:inline|static|extern)\b/g, '')}(${parameters.map(withoutDefault).join(', ')})`
    // Which of several functions of that name is meant, and what becomes of its arguments, is left to the compiler.
    const tail = `
#undef main
namespace cupel_serving { using namespace std; using signature = ${type}; }
signed main() {
  cupel::serve<cupel_serving::signature, ${parameters.length}>([](auto &...args) -> decltype(auto) { return ${name}(args...); });
}
`
    return {
      'main.cpp': `${values}\n#define main cupel_candidate_main\n#line 1 "solution.cpp"\n${code}\n#line 1 "cupel.cpp"${tail}`,
    }
  },
  beside({ script }, code, word) {
    const tests = returning(withoutAssert(script))
    // Names that the program cannot know: it could change what decides, also by macros.
    const hidden = (source: string) => source.replace(/\b(?:cupel(?=_|\b)|(?:beside|failed|guessed)\b)/g, `$&_${word}`)
    const parts = [
      `${hidden(values)}\n#define main cupel_candidate_main\n#line 1 "solution.cpp"\n${leftOpen(code, tests)}\n#undef main`,
      `${hidden(assertion)}\n#define main ${hidden('cupel_script_main')}\n#line 1 "tests.cpp"\n${tests}\n#undef main`,
      `#line 1 "cupel.cpp"\n${hidden(`signed main() { return cupel::beside(cupel_script_main, "${word}"); }`)}\n`,
    ]
    return { files: { 'main.cpp': parts.join('\n') }, tests: 1 }
  },
  cannotCross: /cupel: this type cannot cross/,
}

/** Each run of the tests has to make the same calls, also where they seed a generator with the time. */
const clock = 'extern "C" time_t time(time_t *out) noexcept { if (out) *out = 1; return 1; }\n'

const assertion = `#undef assert
#define assert(...) ((__VA_ARGS__) ? (void)0 : cupel::failed(#__VA_ARGS__, __LINE__))`

/** Lines stay where they are. */
function withoutAssert(script: string): string {
  return script.replace(
    /^[ \t]*#[ \t]*(?:(?:undef|define)[ \t]+NDEBUG|include[ \t]*<(?:assert\.h|cassert)>)[ \t\r]*$/gm,
    '',
  )
}

/** Only `main` may end without a `return`, and under another name it is none. */
function returning(script: string): string {
  const plain = withoutTexts(script)
  const main = /\b(?:int|signed|auto)\s+main\s*\([^{;]*\{/.exec(plain)
  if (!main) return script
  let depth = 1
  let at = main.index + main[0].length
  for (; at < plain.length && depth > 0; at++) depth += plain[at] === '{' ? 1 : plain[at] === '}' ? -1 : 0
  return depth > 0 ? script : `${script.slice(0, at - 1)} return 0; ${script.slice(at - 1)}`
}

function declared({ trusted, entryPoint }: Pick<AssertionSuite, 'trusted' | 'entryPoint'>) {
  const open = openFunction(trusted)
  if (!open) throw new NotEmbeddable(`the prompt does not end inside the function ${entryPoint}`)
  return open
}

function withoutDefault(parameter: string): string {
  return parameter.replace(/\s*=.*$/s, '')
}

function nameOf(parameter: string): string {
  const name = /([A-Za-z_]\w*)\s*(?:\[[^\]]*\]\s*)*$/.exec(withoutDefault(parameter))?.[1]
  if (!name) throw new NotEmbeddable(`the parameter «${parameter}» has no name`)
  return name
}
