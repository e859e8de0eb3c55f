/**
 * Plain values of several languages: literals, and calls of nothing but the constructors of containers. What is one can be put
 * into a program and do nothing there: it calls no code of the program, ends no bracket or statement that it has not begun,
 * holds no comment, and its texts are not evaluated.
 *
 * Not covered: arithmetic beside sums, differences and repetition; values of types that a program declares itself.
 */

interface Grammar {
  /** Texts and characters, whole; without a line break where the language has none in them. */
  readonly texts: RegExp
  readonly names: ReadonlySet<string>
  readonly marks: ReadonlySet<string>
  /** `{name: value}` needs no quotes; `symbols`: nor does `:name`. */
  readonly keys?: 'spaced' | 'symbols'
  /** `(double)(1)` */
  readonly casts?: true
  /** Refuses a text whose parts would be evaluated, or end it. */
  readonly evaluated?: (text: string) => boolean
}

const words = (text: string) => new Set(text.split(' '))
const doubled = /"(?:\\.|[^"\\\n])*"/y
const character = /"(?:\\.|[^"\\\n])*"|'(?:\\[^\n]{1,9}?|[^'\\\n])'/y
const either = /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/y
const eitherOverLines = /"(?:\\[\s\S]|[^"\\])*"|'(?:\\[\s\S]|[^'\\])*'/y

const script: Grammar = {
  texts: either,
  names: words('true false null undefined NaN Infinity'),
  marks: words('( ) [ ] { } , : + -'),
  keys: 'spaced',
}

const grammars: Readonly<Record<string, Grammar>> = {
  javascript: script,
  typescript: script,
  python: {
    texts: either,
    names: words('True False None set frozenset dict list tuple'),
    marks: words('( ) [ ] { } , : + - *'),
  },
  ruby: {
    texts: eitherOverLines,
    names: words('true false nil'),
    marks: words('( ) [ ] { } , : => + - *'),
    keys: 'symbols',
    evaluated: (text) => text.startsWith('"') && unescaped(text, /#[{$@]/g),
  },
  php: {
    texts: eitherOverLines,
    names: words('true false null TRUE FALSE NULL array'),
    marks: words('( ) [ ] , => + -'),
    evaluated: (text) => text.startsWith('"') && unescaped(text, /\$[^\s"\d$.,;:!?)-]/g),
  },
  go: {
    texts: character,
    names: words(
      'true false nil map interface any string bool byte rune int int8 int16 int32 int64 uint uint64 float32 float64',
    ),
    marks: words('( ) [ ] { } , : + -'),
  },
  rust: {
    texts: /"(?:\\[\s\S]|[^"\\])*"|'(?:\\[^\n]{1,9}?|[^'\\\n])'/y,
    names: words(
      'true false vec! Vec String str HashMap HashSet BTreeMap BTreeSet std collections string from new Some None Ok Err to_string to_owned into char bool i8 i16 i32 i64 i128 isize u8 u16 u32 u64 usize f32 f64',
    ),
    marks: words('( ) [ ] , - & . :: < >'),
  },
  java: {
    texts: character,
    names: words(
      'true false null new Arrays asList List of ArrayList LinkedList Map HashMap TreeMap LinkedHashMap entry ofEntries Set HashSet TreeSet Optional empty ofNullable Pair Triplet Quartet Quintet Unit with String Long Integer Double Float Boolean Character Object Collections emptyList emptyMap java util long int double float boolean char',
    ),
    casts: true,
    marks: words('( ) [ ] { } , . + - < >'),
    // Read before anything else: a quote written as \\u0022 ends a text.
    evaluated: (text) => /\\u+00[0-7][0-9a-f]/i.test(text),
  },
  cpp: {
    texts: doubled,
    names: words(
      'true false nullptr std vector list deque array string map unordered_map set unordered_set tuple pair optional nullopt make_tuple make_pair make_optional long int double float bool char unsigned size_t',
    ),
    casts: true,
    marks: words('( ) [ ] { } , - :: < >'),
  },
}

export const languagesOfPlainValues: readonly string[] = Object.keys(grammars)

/** Behind these an opening bracket calls what they stand for, as PHP does with a name in a text. */
const callable = /^["'\])}]/

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '<': '>' }
const space = /\s+/y
const number =
  /(?:0[xX][\da-fA-F_]+|0[bo][0-7_]+|\d[\d_]*(?:\.\d[\d_]*)?(?:[eE][+-]?\d+)?)(?:[lLfFdDn]|u|ul|ull|ll|[iu](?:8|16|32|64|128|size)|f32|f64)?(?![\p{L}\p{N}_$])/uy
const name = /[\p{L}_$][\p{L}\p{N}_$]*!?/uy
const mark = /::|=>|[^\s\p{L}\p{N}_$"'`]/uy

/**
 * The value as one line, or why it is none. `several`: values with commas between them, as the arguments of a call. Throws
 * RangeError for a language without a grammar.
 */
export function plainValue(
  text: string,
  language: string,
  several = false,
): { readonly value: string } | { readonly fault: string } {
  const grammar = grammars[language]
  if (!grammar) throw new RangeError(`plain values of ${language} are not known`)
  const open: string[] = []
  let value = ''
  let before: readonly [string, string] = ['', '']
  for (let at = 0; at < text.length; ) {
    const take = (pattern: RegExp) => {
      pattern.lastIndex = at
      return pattern.exec(text)?.[0]
    }
    const blank = take(space)
    if (blank !== undefined) {
      value += ' '
      at += blank.length
      continue
    }
    const literal = take(grammar.texts)
    const token = literal ?? take(number) ?? take(name) ?? take(mark) ?? text[at] ?? ''
    if (literal !== undefined) {
      if (grammar.evaluated?.(literal)) return { fault: `parts of the text ${literal.slice(0, 60)} would be evaluated` }
    } else if (/^[\p{L}_$]/u.test(token)) {
      if (!grammar.names.has(token) && !isKey(grammar, token, text.slice(at + token.length), before))
        return { fault: `«${token}» is no part of a plain value` }
    } else if (!/^\d/.test(token)) {
      if (!grammar.marks.has(token)) return { fault: `«${token}» is no part of a plain value` }
      if (token === ',' && open.length === 0 && !several) return { fault: 'it is more than one value' }
      if (token === '(' && callable.test(before[1]) && !(grammar.casts && before[1] === ')'))
        return { fault: `«${before[1].slice(0, 60)}» would be called` }
      if (token in closing) open.push(closing[token] as string)
      else if (')]}>'.includes(token) && open.pop() !== token)
        return { fault: `«${token}» ends something that the value has not begun` }
    }
    value += token
    before = [before[1], token]
    at += token.length
  }
  if (open.length > 0) return { fault: `«${open.at(-1)}» is missing` }
  return value.trim() === '' ? { fault: 'there is no value' } : { value: value.trim() }
}

/** A key without quotes, or a symbol of Ruby, for which `exit :a` and `a: exit` are calls. */
function isKey({ keys }: Grammar, token: string, rest: string, before: readonly [string, string]): boolean {
  if (keys === undefined || token === '__proto__' || token.endsWith('!')) return false
  // In Ruby `{exit:}` is short for `{exit: exit}`.
  if ((keys === 'spaced' ? /^\s*:(?!:)/ : /^:(?!:)\s*[^\s,)\]}]/).test(rest)) return true
  return keys === 'symbols' && before[1] === ':' && ['', '(', '[', '{', ',', '=>', ':'].includes(before[0])
}

/** Whether a pattern is found at a place that an odd number of backslashes does not take the meaning from. */
function unescaped(text: string, pattern: RegExp): boolean {
  return [...text.matchAll(pattern)].some(({ index }) => {
    let slashes = 0
    while (text[index - 1 - slashes] === '\\') slashes++
    return slashes % 2 === 0
  })
}
