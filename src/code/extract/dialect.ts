/**
 * What the extractor must know of a language without parsing it: its tags, how a name is defined, and what a line of
 * it looks like. Enough to choose between blocks; never used to judge a program.
 */

export interface Dialect {
  readonly name: string
  /** Tags that mean this language. */
  readonly tags: readonly string[]
  /** Tags often put on this language by mistake, or a dialect that mostly runs. */
  readonly near: readonly string[]
  /** Regular expression source that matches a definition of `name` (itself a regular expression source). */
  readonly definition: (name: string) => string
  /** A line at column 0 that is hardly anything but code. */
  readonly line: RegExp
  /** Whether a second definition of a name replaces the first (so that a draft may stay in front). */
  readonly redefines: boolean
  readonly body: 'indent' | 'braces' | 'none'
  /** Functions start with a type, not with a keyword. */
  readonly typed?: boolean
}

const id = (name: string) => `${name}(?![\\w$])`
const keyword = (words: string) => (name: string) => `(?:^|[^\\w$.])(?:${words})[ \\t]+${id(name)}`

const scriptDefinition = (name: string) =>
  `(?:^|[^\\w$.])(?:function[ \\t]*\\*?|class|const|let|var|interface|type|enum)[ \\t]+${id(name)}` +
  `|^[ \\t]*(?:(?:async|static|public|private)[ \\t]+){0,3}(?!(?:if|for|while|switch|catch|return)\\b)${id(name)}[ \\t]*\\([^;{}\\n]{0,300}\\)[^;{}\\n=]{0,80}\\{` +
  `|^[ \\t]*(?:module\\.|exports\\.|globalThis\\.|window\\.){0,2}${id(name)}[ \\t]*[=:][ \\t]*(?:async\\b|function\\b|\\()`

const typedDefinition = (name: string) =>
  `(?:^|[^\\w.])(?:class|struct|interface|enum|record|union|namespace)[ \\t]+${id(name)}` +
  `|^[ \\t]*(?!(?:return|else|new|throw|case|goto|delete|if|while|for|switch)\\b)[\\w:<>,&*[\\]~ \\t]{1,200}?[ \\t&*>](?!(?:if|while|for|switch|catch|return|sizeof)\\b)${id(name)}[ \\t]*\\([^;{}]{0,500}\\)[^;{}=()]{0,120}\\{` +
  `|^[ \\t]*#define[ \\t]+${id(name)}`

const punctuated = /[;{}][ \t]*(?:\/\/.*|\/\*.*\*\/[ \t]*)?$|^[ \t]*(?:\/\/|\/\*|\*\/|[})\]])/
/** `vector<int> add(int a, int b)` with the brace on the next line. */
const signature = /^(?:[\w:<>,&*[\]]+[ ]+){1,4}[&*]*\w+[ ]?\([^()]*\)(?:[ ]const|[ ]throws[ ][\w, ]+)?$/
const either = (...parts: RegExp[]) => new RegExp(parts.map((p) => `(?:${p.source})`).join('|'))

const script = either(
  punctuated,
  /^(?:export[ ]+)?(?:default[ ]+)?(?:const|let|var|type)[ ]+[\w${[].*=/,
  /^(?:export[ ]+)?(?:default[ ]+)?(?:async[ ]+)?(?:function\b|class[ ]+\w+.*\{)/,
  /^import[ ].*['"]|^[\w$.]+\(.*\)$|^[\w$.[\]]+[ ]*[-+*/]?=[^=]|^['"]use strict['"]/,
)

export const dialects: readonly Dialect[] = [
  {
    name: 'python',
    tags: ['python', 'py', 'python3', 'python2', 'python3.10', 'python3.11', 'python3.12', 'py3', 'ipython', 'cpython'],
    near: ['sage', 'jupyter', 'starlark', 'gdscript', 'cython'],
    definition: (name) =>
      `^[ \\t]*(?:async[ \\t]+)?(?:def|class)[ \\t]+${id(name)}|^[ \\t]*${id(name)}[ \\t]*(?::[^=\\n]{1,200})?=(?!=)`,
    line: either(
      /^(?:from[ \t]+[\w.]+[ \t]+import\b|import[ \t]+[\w.]+(?:[ \t]+as[ \t]+\w+)?(?:[ \t]*,[ \t]*[\w. ]+)*[ \t]*(?:#.*)?$)/,
      /^(?:async[ \t]+)?(?:def[ \t]+\w+[ \t]*[([]|class[ \t]+\w+[ \t]*[:([]|for[ \t].*[ \t]in[ \t].*:|with[ \t].*:)/,
      /^(?:if|elif|while|match)\b.*:[ \t]*(?:#.*)?$|^(?:else|try|finally)[ \t]*:|^except\b.*:|^@[\w.]+/,
      /^(?:print|assert|raise|del|global|nonlocal)\b[ \t]*[\w('"[{-].*[\])'"\w]$|^(?:pass|\.\.\.)$/,
      /^[A-Za-z_][\w.]*(?:\[[^\]]*\])*(?:[ \t]*,[ \t]*[A-Za-z_*][\w.]*)*[ \t]*(?::[ \t]*[\w.[\], ]+)?[ \t]*(?:[-+*/%|&^@]|\/\/|\*\*|<<|>>)?=[^=]/,
      /^[A-Za-z_][\w.]*\(.*\)[ \t]*(?:#.*)?$|^[)\]}]+|^[rbf]?(?:"""|''')|^#!|^# ?-\*-/,
    ),
    redefines: true,
    body: 'indent',
  },
  {
    name: 'javascript',
    tags: ['javascript', 'js', 'jsx', 'mjs', 'cjs', 'node', 'nodejs', 'ecmascript', 'es6'],
    near: ['typescript', 'ts', 'tsx'],
    definition: scriptDefinition,
    line: script,
    redefines: true,
    body: 'braces',
  },
  {
    name: 'typescript',
    tags: ['typescript', 'ts', 'tsx', 'mts', 'cts', 'deno'],
    near: ['javascript', 'js', 'jsx'],
    definition: scriptDefinition,
    line: either(script, /^(?:export[ ]+)?(?:interface|enum|abstract class|declare|namespace)[ ]+\w/),
    redefines: false,
    body: 'braces',
  },
  {
    name: 'java',
    tags: ['java', 'java8', 'java11', 'java17', 'java21'],
    near: ['jsh', 'groovy'],
    definition: typedDefinition,
    line: either(
      punctuated,
      signature,
      /^(?:public|private|protected|static|final|abstract|class|interface|record|enum)\b.*[{(,]$|^@\w+/,
    ),
    redefines: false,
    body: 'braces',
    typed: true,
  },
  {
    name: 'c',
    tags: ['c', 'h', 'c99', 'c11', 'c17', 'ansic'],
    near: ['cpp', 'c++'],
    definition: typedDefinition,
    line: either(punctuated, signature, /^#[ ]*(?:include|define|if|ifdef|ifndef|endif|pragma)\b/),
    redefines: false,
    body: 'braces',
    typed: true,
  },
  {
    name: 'cpp',
    tags: ['cpp', 'c++', 'cc', 'cxx', 'hpp', 'c++11', 'c++14', 'c++17', 'c++20', 'c++23', 'cpp17', 'cpp20'],
    near: ['c', 'h'],
    definition: typedDefinition,
    line: either(punctuated, signature, /^#[ ]*(?:include|define|if|ifdef|ifndef|endif|pragma)\b|^template[ ]*</),
    redefines: false,
    body: 'braces',
    typed: true,
  },
  {
    name: 'csharp',
    tags: ['csharp', 'c#', 'cs', 'dotnet'],
    near: [],
    definition: typedDefinition,
    line: either(punctuated, signature, /^(?:public|private|internal|namespace|class|static)\b.*\w$|^\[\w+\]$/),
    redefines: false,
    body: 'braces',
    typed: true,
  },
  {
    name: 'go',
    tags: ['go', 'golang'],
    near: [],
    definition: (name) =>
      `^[ \\t]*func[ \\t]+(?:\\([^)\\n]{0,200}\\)[ \\t]*)?${id(name)}[ \\t]*[[(]|^[ \\t]*(?:type|var|const)[ \\t]+${id(name)}`,
    line: either(
      punctuated,
      /^package[ ]\w+$|^import[ ](?:["(]|\w+ ")|^(?:var|const|type)[ ]\w+.*|^\w+(?:, *\w+)*[ ]*:=|^[\w.]+\(.*\)$/,
    ),
    redefines: false,
    body: 'braces',
  },
  {
    name: 'rust',
    tags: ['rust', 'rs'],
    near: [],
    definition: keyword('fn|struct|enum|trait|union|mod|const|static|type|macro_rules!'),
    line: either(punctuated, /^#!?\[.*\]$|^(?:pub(?:\([\w ]+\))?[ ]+)?(?:fn|struct|enum|impl|trait|mod)\b.*[{(,>]$/),
    redefines: false,
    body: 'braces',
  },
  {
    name: 'bash',
    tags: ['bash', 'sh', 'shell', 'zsh', 'ksh', 'shellscript'],
    near: [],
    definition: (name) => `^[ \\t]*(?:function[ \\t]+${id(name)}|${id(name)}[ \\t]*\\([ \\t]*\\))`,
    line: either(
      /^#!|^[A-Za-z_]\w*=\S*|^(?:if|elif)[ ].*(?:;[ ]*then|\]|\))$|^(?:then|else|fi|do|done|esac|;;|\}|\{)$|^done\b/,
      /^(?:for|while|until|case)[ ].*(?:[ ]in\b|;[ ]*do|do)$|^(?:for|while)[ ].*;[ ]*do\b|^(?:function[ ]+)?[\w-]+[ ]*\([ ]*\)/,
      /^(?:echo|printf|read|export|local|set|cat|grep|egrep|awk|sed|find|sort|cut|tr|head|tail|wc|ls|cd|mkdir|rm|cp|mv|source|exit|shift|trap|eval|exec|declare|test|unset|xargs|seq|curl|tar)\b(?:[ ]+[-"'$./\w*].*)?$/,
      /^[A-Za-z_][\w./-]*[ ].*(?:"\$|\$[{(@#*])|[ ]\|[ ]\w|[ ]&&[ ]\w|[ ]>>?[ ]?[\w./$"]/,
    ),
    redefines: true,
    body: 'none',
  },
  {
    name: 'sql',
    tags: [
      'sql',
      'sqlite',
      'sqlite3',
      'mysql',
      'postgresql',
      'postgres',
      'psql',
      'pgsql',
      'plsql',
      'tsql',
      'mssql',
      'mariadb',
    ],
    near: [],
    definition: (name) =>
      `^[ \\t]*[Cc][Rr][Ee][Aa][Tt][Ee][ \\t][\\w \\t]{0,60}(?:TABLE|VIEW|FUNCTION|PROCEDURE|table|view|function|procedure)[ \\t]+${id(name)}`,
    line: either(
      /^\(*(?:SELECT|WITH|INSERT INTO|UPDATE|DELETE FROM|CREATE|ALTER|DROP|PRAGMA|BEGIN|EXPLAIN|REPLACE|MERGE|VALUES)\b/,
      /^\(*(?:select[ ].*(?:from\b|,|\*$|\)$|;$)|select$|with[ ]+\w+[ ]+as[ ]*\(|insert[ ]+into[ ]|delete[ ]+from[ ]|create[ ]+(?:table|view|index)[ ]|update[ ]+\w+[ ]+set\b)/,
      /^(?:FROM|WHERE|GROUP BY|ORDER BY|HAVING|LIMIT|(?:LEFT |RIGHT |INNER |OUTER |FULL |CROSS )*JOIN|UNION|EXCEPT|INTERSECT|ON|AND|OR|SET|AS)\b|^[)(,]|;$|^--/,
      /^(?:from|where|group by|order by|having|limit|(?:left |right |inner |outer |cross )*join|union|on)[ ].*[\w)'";]$/,
    ),
    redefines: false,
    body: 'none',
  },
  {
    name: 'lua',
    tags: ['lua', 'luau', 'luajit'],
    near: [],
    definition: (name) =>
      `(?:^|[^\\w.:])function[ \\t]+(?:\\w+[.:]){0,3}${id(name)}|^[ \\t]*(?:local[ \\t]+)?(?:\\w+\\.)?${id(name)}[ \\t]*=(?!=)`,
    line: /^(?:local[ ]+(?:function\b|\w+.*=|\w+$)|(?:return[ ]+)?function\b.*\)|end\b[),]*|(?:if|elseif)[ ].*then$|for[ ].*do$|while[ ].*do$|return[ ]+\w[\w.]*$|print\(.*\)|[\w.:[\]]+[ ]*=[^=]|[\w.:]+\(.*\)$|--|\})/,
    redefines: true,
    body: 'none',
  },
  {
    name: 'ruby',
    tags: ['ruby', 'rb', 'irb'],
    near: ['crystal'],
    definition: (name) =>
      `^[ \\t]*(?:(?:private|public)[ \\t]+)?(?:def[ \\t]+(?:self\\.)?|class[ \\t]+|module[ \\t]+)${id(name)}|^[ \\t]*${id(name)}[ \\t]*=(?![=~>])`,
    line: /^(?:def[ ]+[\w.]+[?!]?.*|class[ ]+[A-Z]\w*(?:[ ]*<.*)?$|module[ ]+[A-Z]\w*$|require(?:_relative)?[ ]+['"]|end\b|(?:puts|print|p)[ ]+\S.*|puts$|(?:if|unless|elsif|while|until)[ ].*[\w)\]?'"]$|else$|begin$|rescue\b|attr_\w+[ ]:|[@$]?[a-z_][\w.[\]]*(?:,[ ]*\w+)*[ ]*(?:[-+*/|&]|\|\||<<)?=[^=~].*|[\w.]+\(.*\)|.*\bdo(?:[ ]*\|[^|]*\|)?$|#[ ]*frozen|\})/,
    redefines: true,
    body: 'none',
  },
  {
    name: 'php',
    tags: ['php', 'php7', 'php8'],
    near: [],
    definition: keyword('function|class|interface|trait|const'),
    line: either(
      punctuated,
      /^<\?(?:php|=)?|^\?>$|^\$\w+[ ]*=|^(?:abstract |final )?(?:function|class|interface|trait)[ ]+\w+.*[\w)]$/,
    ),
    redefines: false,
    body: 'braces',
  },
  {
    name: 'perl',
    tags: ['perl', 'pl', 'perl5'],
    near: [],
    definition: keyword('sub|package'),
    line: either(
      punctuated,
      /^#!.*perl|^use[ ][\w:]+|^(?:my|our)[ ][$@%(]|^sub[ ]+\w+|^[$@%]\w+[ ]*=|^__(?:END|DATA)__$/,
    ),
    redefines: true,
    body: 'braces',
  },
]

/** For languages without a dialect of their own: the definition forms that most languages share. */
const generic = (name: string): Dialect => ({
  name,
  tags: [name],
  near: [],
  definition: (n) =>
    `${keyword('def|function|func|fn|fun|sub|class|proc|defn|let|val|var|struct|object|method')(n)}|${typedDefinition(n)}`,
  line: either(
    punctuated,
    /^(?:def|function|func|fn|fun|sub|class|module|import|package|use|using|require|let|val|var|end|#include)\b.*[\w)(\]:='"]$|^[\w.]+[ ]*(?::?=|<-)[ ]?\S/,
  ),
  redefines: false,
  body: 'braces',
})

const byTag = new Map(dialects.flatMap((d) => d.tags.map((tag) => [tag, d] as const)))

export function dialectOf(language: string): Dialect {
  const tag = language.toLowerCase()
  return byTag.get(tag) ?? generic(tag)
}

/** Other languages' tags: a block so tagged is not the program, unless it defines what was asked for. */
const otherLanguages = new Set(
  (
    'kotlin kt swift scala haskell hs r julia jl dart elixir ex erlang clojure clj ocaml ml fsharp f# nim zig d ada ' +
    'fortran pascal racket scheme lisp prolog groovy objc objective-c matlab octave powershell ps1 batch cmd vb vbnet ' +
    'html xml css scss less vue svelte json json5 jsonc yaml yml toml ini csv tsv dockerfile makefile cmake graphql ' +
    'proto nginx diff patch http latex tex mermaid dot regex asm nasm wasm wat solidity verilog vhdl cuda'
  ).split(' '),
)

/** Tags of what a program prints or a user types. */
const transcripts = new Set(
  'output stdout stderr console terminal shell-session sh-session log logs pycon doctest traceback result results'.split(
    ' ',
  ),
)

export function isLanguageTag(tag: string): boolean {
  return byTag.has(tag) || otherLanguages.has(tag)
}

export function isMarkdownTag(tag: string): boolean {
  return tag === 'markdown' || tag === 'md' || tag === 'mdx'
}

/** How well a tag fits: 3 the language itself, 2 close to it, 1 says nothing, 0 something else. */
export function tagFit(tag: string, dialect: Dialect | null): 0 | 1 | 2 | 3 {
  if (transcripts.has(tag)) return 0
  if (tag === '' || (!isLanguageTag(tag) && tag !== dialect?.name)) return 1
  if (dialect === null) return byTag.has(tag) ? 3 : otherLanguages.has(tag) ? 0 : 1
  if (dialect.tags.includes(tag)) return 3
  return dialect.near.includes(tag) ? 2 : 0
}
