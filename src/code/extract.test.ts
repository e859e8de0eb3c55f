import { describe, expect, it } from 'vitest'
import { type ExtractHow, type ExtractOptions, extractCode } from './extract.js'
import { fencedBlocks } from './extract/fences.js'
import { codeSpans } from './extract/plain.js'
import { dialectOf } from './extract/dialect.js'

const add = 'def add(a, b):\n    return a + b'
const draft = 'def add(a, b):\n    return a - b'
const fence = (code: string, tag = 'python', mark = '```') => `${mark}${tag}\n${code}\n${mark}`
const python: ExtractOptions = { language: 'python', entryPoint: 'add' }

type Row = [name: string, reply: string, code: string | null, how: ExtractHow, options?: ExtractOptions]

const rows: Row[] = [
  // The nineteen shapes of research/harness.md 4.1.
  ['a usage block after the code', `${fence(add)}\nUse it:\n${fence('print(add(1, 2))')}`, add, 'fenced block'],
  [
    'a draft, then the final code',
    `First:\n${fence(draft)}\nThat subtracts. Fixed:\n${fence(add)}`,
    add,
    'fenced block',
  ],
  ['an output block last', `${fence(add)}\nOutput:\n${fence('3', '')}`, add, 'fenced block'],
  ['a truncated fence', `Here:\n\`\`\`python\n${add}`, add, 'unclosed fence'],
  ['no fence at all', add, add, 'unfenced code'],
  [
    'a fence inside a docstring',
    fence('def add(a, b):\n    """Adds.\n\n    ```\n    add(1, 2)\n    ```\n    """\n    return a + b'),
    'def add(a, b):\n    """Adds.\n\n    ```\n    add(1, 2)\n    ```\n    """\n    return a + b',
    'fenced block',
  ],
  ['tildes', fence(add, 'python', '~~~'), add, 'fenced block'],
  [
    'a fence in a list',
    `1. Write it:\n\n   \`\`\`python\n   def add(a, b):\n       return a + b\n   \`\`\`\n2. Done.`,
    add,
    'fenced block',
  ],
  ['an upper-case tag', fence(add, 'PY'), add, 'fenced block'],
  ['a python3 tag', fence(add, 'python3'), add, 'fenced block'],
  ['code in <think>', `<think>\n${fence(draft)}\n</think>\n${fence(add)}`, add, 'fenced block'],
  ['an unclosed fence in <think>', `<think>\n\`\`\`python\n${draft}\n</think>\n\n${fence(add)}`, add, 'fenced block'],
  ['CRLF', fence(add).replaceAll('\n', '\r\n'), add, 'fenced block'],
  ['a title after the tag', fence(add, 'python title="add.py"'), add, 'fenced block'],
  [
    'inline ticks in the prose',
    `Use \`+\` and \`add\`:\n${fence(add)}\nSo \`add(1, 2)\` is \`3\`.`,
    add,
    'fenced block',
  ],
  ['bash, then python', `${fence('pip install add', 'bash')}\n${fence(add)}`, add, 'fenced block'],
  ['python, then bash', `${fence(add)}\nRun:\n${fence('python add.py', 'bash')}`, add, 'fenced block'],
  [
    'four ticks around three',
    fence('def add(a, b):\n    """\n```python\nadd(1, 2)\n```\n    """\n    return a + b', 'python', '````'),
    'def add(a, b):\n    """\n```python\nadd(1, 2)\n```\n    """\n    return a + b',
    'fenced block',
  ],
  ['prose only', 'You should add the two numbers and return the result.', null, 'nothing'],

  // Fences.
  [
    'a bare fence in a docstring at column 0',
    fence('def add(a, b):\n  """\n  Example:\n  ```\n  add(1, 2)\n  ```\n  """\n  return a + b'),
    'def add(a, b):\n  """\n  Example:\n  ```\n  add(1, 2)\n  ```\n  """\n  return a + b',
    'fenced block',
  ],
  [
    'a tagged fence in a docstring at column 0',
    fence('def add(a, b):\n  """\n  ```python\n  add(1, 2)\n  ```\n  """\n  return a + b'),
    'def add(a, b):\n  """\n  ```python\n  add(1, 2)\n  ```\n  """\n  return a + b',
    'fenced block',
  ],
  [
    'a draft with an unclosed docstring',
    `${fence('def add(a, b):\n    """Adds')}\nOops:\n${fence('def add(a, b):\n    """Adds."""\n    return a + b')}`,
    'def add(a, b):\n    """Adds."""\n    return a + b',
    'fenced block',
  ],
  [
    'a fence that is never closed before the next',
    `\`\`\`python\n${draft}\n\nBetter:\n${fence(add)}`,
    add,
    'fenced block',
  ],
  ['attributes in braces', fence(add, '{.python .numberLines}'), add, 'fenced block'],
  ['a file name in the tag', fence(add, 'python:src/add.py'), add, 'fenced block'],
  ['a space before the tag', fence(add, ' python'), add, 'fenced block'],
  ['no tag', fence(add, ''), add, 'fenced block'],
  ['a tag nobody knows', fence(add, 'solution'), add, 'fenced block'],
  ['the text tag', fence(add, 'text'), add, 'fenced block'],
  ['a wrong tag on the right code', fence(add, 'javascript'), add, 'fenced block'],
  ['a quoted fence', fence(add).replace(/^/gm, '> '), add, 'fenced block'],
  ['an opening after prose on its line', `Here you go: \`\`\`python\n${add}\n\`\`\``, add, 'fenced block'],
  ['a close at the end of the last line', `\`\`\`python\n${add}\`\`\``, add, 'fenced block'],
  ['a bullet before the fence', `- \`\`\`python\n  def add(a, b):\n      return a + b\n  \`\`\``, add, 'fenced block'],
  ['a longer closing fence', `\`\`\`python\n${add}\n\`\`\`\`\`\nDone.`, add, 'fenced block'],
  [
    'a fence of the wrong character inside',
    fence(`${add}\n\ntext = """\n~~~\n"""`),
    `${add}\n\ntext = """\n~~~\n"""`,
    'fenced block',
  ],
  [
    'the opening fence in the prompt',
    `${add}\n\`\`\`\n\nThis adds the two numbers and gives the result.`,
    add,
    'fenced block',
  ],
  [
    'a Markdown document in a fence',
    `\`\`\`markdown\n# Solution\n\`\`\`python\n${add}\n\`\`\`\n\`\`\``,
    add,
    'fenced block',
  ],
  [
    'uniformly indented code in a fence',
    `\`\`\`python\n    def add(a, b):\n        return a + b\n\`\`\``,
    add,
    'fenced block',
  ],
  ['an empty fence, then code', `${fence('')}\n${fence(add)}`, add, 'fenced block'],
  ['one line in a fence', fence('add = lambda a, b: a + b'), 'add = lambda a, b: a + b', 'fenced block'],
  ['a REPL transcript after', `${fence(add)}\n${fence('>>> add(1, 2)\n3')}`, add, 'fenced block'],
  ['a transcript only', fence('$ pip install add', 'bash'), null, 'nothing'],
  [
    'a stub after the code',
    `${fence(add)}\nThe signature is:\n${fence('def add(a, b):\n    ...')}`,
    add,
    'fenced block',
  ],
  [
    'tests after the code',
    `${fence(add)}\n${fence('def test_add():\n    assert add(1, 2) == 3\n\ntest_add()')}`,
    add,
    'fenced block',
    { language: 'python' },
  ],
  [
    'example use, no entry point known',
    `${fence(add)}\n${fence('print(add(1, 2))')}`,
    add,
    'fenced block',
    { language: 'python' },
  ],
  [
    'draft and final scripts',
    `${fence('print(int(input()) - 1)')}\nNo:\n${fence('print(int(input()) + 1)')}`,
    'print(int(input()) + 1)',
    'fenced block',
    { language: 'python' },
  ],
  [
    'a driver that reads input',
    `${fence(add)}\n${fence('a, b = map(int, input().split())\nprint(add(a, b))')}`,
    `${add}\n\na, b = map(int, input().split())\nprint(add(a, b))`,
    'joined blocks',
    { language: 'python' },
  ],

  // Pieces.
  [
    'a helper in its own block',
    `${fence('def plus(a, b):\n    return a + b')}\nThen:\n${fence('def add(a, b):\n    return plus(a, b)')}`,
    'def plus(a, b):\n    return a + b\n\ndef add(a, b):\n    return plus(a, b)',
    'joined blocks',
  ],
  [
    'a helper after the entry point',
    `${fence('def add(a, b):\n    return plus(a, b)')}\n${fence('def plus(a, b):\n    return a + b')}`,
    'def plus(a, b):\n    return a + b\n\ndef add(a, b):\n    return plus(a, b)',
    'joined blocks',
  ],
  [
    'a chain of helpers',
    `${fence('def one(x):\n    return x')}\n${fence('def two(x):\n    return one(x)')}\n${fence('def add(a, b):\n    return two(a) + b')}`,
    'def one(x):\n    return x\n\ndef two(x):\n    return one(x)\n\ndef add(a, b):\n    return two(a) + b',
    'joined blocks',
  ],
  [
    'imports in their own block',
    `${fence('import math')}\n${fence('def add(a, b):\n    return math.fsum([a, b])')}`,
    'import math\n\ndef add(a, b):\n    return math.fsum([a, b])',
    'joined blocks',
  ],
  [
    'a draft that holds a helper of the final code',
    `${fence('def plus(a, b):\n    return a + b\n\ndef add(a, b):\n    return plus(a, a)')}\nReplace add:\n${fence('def add(a, b):\n    return plus(a, b)')}`,
    'def plus(a, b):\n    return a + b\n\ndef add(a, b):\n    return plus(a, a)\n\ndef add(a, b):\n    return plus(a, b)',
    'joined blocks',
  ],
  ['an unrelated block', `${fence('def other(x):\n    return x')}\n${fence(add)}`, add, 'fenced block'],
  [
    'a method of a class',
    fence('class Solution:\n    def add(self, a, b):\n        return a + b'),
    'class Solution:\n    def add(self, a, b):\n        return a + b',
    'fenced block',
    { language: 'python', entryPoint: 'Solution.add' },
  ],

  // Reasoning.
  ['<thinking>', `<thinking>${fence(draft)}</thinking>\n${fence(add)}`, add, 'fenced block'],
  ['<reasoning>', `<reasoning>\n${fence(add)}\n</reasoning>\nI cannot say.`, null, 'nothing'],
  ['kimi marks', `◁think▷\n${fence(draft)}\n◁/think▷\n${fence(add)}`, add, 'fenced block'],
  ['magistral marks', `[THINK]${fence(draft)}[/THINK]${fence(add)}`, add, 'fenced block'],
  [
    'harmony channels',
    `<|channel|>analysis<|message|>${fence(draft)}<|end|><|start|>assistant<|channel|>final<|message|>${fence(add)}<|return|>`,
    add,
    'fenced block',
  ],
  [
    'harmony without its tokens',
    `analysisWe need add.\n${fence(draft)}\nassistantfinal${fence(add)}`,
    add,
    'fenced block',
  ],
  [
    'only the closing mark (the prompt opened)',
    `Let me see.\n${fence(draft)}\nWait.\n</think>\n\n${fence(add)}`,
    add,
    'fenced block',
  ],
  [
    'the closing mark in quotes inside the thought',
    `<think>the tag '</think>' ends it\n${fence(draft)}\n</think>\n${fence(add)}`,
    add,
    'fenced block',
  ],
  ['two thoughts', `<think>a</think>\n<think>\n${fence(draft)}\n</think>\n${fence(add)}`, add, 'fenced block'],
  [
    'code that handles the marks',
    fence("def add(a, b):\n    return a.split('<think>')[0] + b"),
    "def add(a, b):\n    return a.split('<think>')[0] + b",
    'fenced block',
  ],
  [
    'a template with the marks in code',
    fence('def add(a, b):\n    return """\n<think>\n</think>\n""" + a + b'),
    'def add(a, b):\n    return """\n<think>\n</think>\n""" + a + b',
    'fenced block',
  ],
  ['the mark spoken of', `I don't use the <think> tag.\n${fence(add)}`, add, 'fenced block'],
  ['a thought after the code that never ends', `${fence(add)}\n<think>\n${fence(draft)}`, add, 'fenced block'],

  // What transport leaves behind.
  ['an end token after the code', `${add}<|endoftext|>def other():\n    pass`, add, 'unfenced code'],
  [
    'an end token after a string',
    'def add(a, b):\n    return "x"<|im_end|>',
    'def add(a, b):\n    return "x"',
    'unfenced code',
  ],
  ['</s>', `${fence(add)}</s>`, add, 'fenced block'],
  [
    'an end token in a string literal',
    fence("def add(a, b):\n    return a.split('<|endoftext|>')"),
    "def add(a, b):\n    return a.split('<|endoftext|>')",
    'fenced block',
  ],
  ['a byte-order mark', `\ufeff${add}`, add, 'unfenced code'],
  [
    'zero-width characters',
    `\`\`\`python\nd\u200bef add(a, b):\n\u200b    return a + b\u2060\n\`\`\``,
    add,
    'fenced block',
  ],
  [
    'an emoji with joiners in a string',
    fence("def add(a, b):\n    return '👨\u200d👩'"),
    "def add(a, b):\n    return '👨\u200d👩'",
    'fenced block',
  ],
  [
    'no-break spaces in the indentation',
    fence('def add(a, b):\n\u00a0\u00a0\u00a0\u00a0return a + b'),
    add,
    'fenced block',
  ],
  [
    'a no-break space in a string',
    fence("def add(a, b):\n    return '\u00a0'"),
    "def add(a, b):\n    return '\u00a0'",
    'fenced block',
  ],
  ['ANSI colours', `\u001b[32m${add}\u001b[0m`, add, 'unfenced code'],

  // Without fences.
  [
    'prose before and after',
    `Sure, here is the function you asked for:\n\n${add}\n\nThis function adds two numbers and returns the sum.`,
    add,
    'unfenced code',
  ],
  ['imports and comments', `import math\n\n# adds\n${add}`, `import math\n\n# adds\n${add}`, 'unfenced code'],
  [
    'two functions with prose between',
    'def plus(a, b):\n    return a + b\n\nNow the function itself, which calls it:\n\ndef add(a, b):\n    return plus(a, b)',
    'def plus(a, b):\n    return a + b\n\ndef add(a, b):\n    return plus(a, b)',
    'joined blocks',
  ],
  [
    'an unfenced docstring with a fence',
    'def add(a, b):\n    """Adds.\n\n    ```\n    add(1, 2)\n    ```\n    """\n    return a + b',
    'def add(a, b):\n    """Adds.\n\n    ```\n    add(1, 2)\n    ```\n    """\n    return a + b',
    'unfenced code',
  ],
  ['[PYTHON] tags', `[PYTHON]\n${add}\n[/PYTHON]\n[TESTS]\nassert add(1, 2) == 3\n[/TESTS]`, add, 'tagged block'],
  ['a closing [/PYTHON] only', `${add}\n[/PYTHON]\nThis adds.`, add, 'tagged block'],
  ['[BEGIN] and [DONE]', `[BEGIN]\n${add}\n[DONE]`, add, 'tagged block'],
  ['<code>', `<code>\n${add}\n</code>`, add, 'tagged block'],
  ['a fence in <answer>', `<answer>\n${fence(add)}\n</answer>`, add, 'fenced block'],
  ['inline code', 'The answer is `add = lambda a, b: a + b`.', 'add = lambda a, b: a + b', 'inline code'],
  ['JSON', JSON.stringify({ thoughts: 'add', code: `${add}\n` }), add, 'json field'],
  ['JSON in a fence', fence(JSON.stringify({ code: fence(add) }), 'json'), add, 'json field'],

  // Continuations.
  ['a body', '    return a + b\n', '    return a + b', 'continuation'],
  [
    'a body and prose',
    '    c = a + b\n    return c\n\nThis adds the two numbers together.',
    '    c = a + b\n    return c',
    'continuation',
  ],
  [
    'a body and a helper',
    '    return plus(a, b)\n\n\ndef plus(a, b):\n    return a + b',
    '    return plus(a, b)\n\n\ndef plus(a, b):\n    return a + b',
    'continuation',
  ],
  ['a body in a fence', fence('    return a + b'), '    return a + b', 'continuation'],
  ['a body that lost its indentation', 'c = a + b\nreturn c', '    c = a + b\n    return c', 'continuation'],
  [
    'a body whose first line lost its indentation',
    'c = a + b\n    return c',
    '    c = a + b\n    return c',
    'continuation',
  ],
  [
    'a body whose first line opens a loop',
    'for x in a:\n        b += x\n    return b',
    '    for x in a:\n        b += x\n    return b',
    'continuation',
  ],
  [
    'a body with a nested function',
    '    def plus(x):\n        return x\n    return plus(a) + b',
    '    def plus(x):\n        return x\n    return plus(a) + b',
    'continuation',
  ],
  [
    'a JavaScript body',
    '  return a + b\n}\n',
    '  return a + b\n}',
    'continuation',
    { language: 'javascript', entryPoint: 'add' },
  ],

  // Nothing.
  ['an empty reply', '', null, 'nothing'],
  ['blank lines', ' \n\n', null, 'nothing'],
]

describe('extractCode', () => {
  it.each(rows)('%s', (_name, reply, code, how, options = python) => {
    const found = extractCode(reply, options)
    expect(found.code).toBe(code)
    expect(found.how).toBe(how)
  })

  it('gives what it gave when asked again: extraction of the extracted code changes nothing', () => {
    for (const [name, , code, how, options = python] of rows) {
      if (code === null || how === 'continuation' || how === 'inline code') continue
      expect(extractCode(fence(code, options.language, '`````'), options).code, name).toBe(code)
    }
  })
})

const languages: [language: string, tag: string, entryPoint: string | undefined, code: string][] = [
  ['javascript', 'js', 'add', 'function add(a, b) {\n  return a + b\n}'],
  ['javascript', 'javascript', 'add', 'const add = (a, b) => {\n  return a + b;\n};\n\nmodule.exports = { add };'],
  ['typescript', 'ts', 'add', 'export function add(a: number, b: number): number {\n  return a + b;\n}'],
  [
    'java',
    'java',
    'add',
    'import java.util.*;\n\npublic class Main {\n    public static int add(int a, int b) {\n        return a + b;\n    }\n}',
  ],
  [
    'c',
    'c',
    'add',
    '#include <stdio.h>\n\nint add(int a, int b) {\n    return a + b;\n}\n\nint main(void) {\n    printf("%d", add(1, 2));\n}',
  ],
  [
    'cpp',
    'c++',
    'add',
    '#include <vector>\nusing namespace std;\n\nvector<int> add(vector<int> a, int b)\n{\n    a.push_back(b);\n    return a;\n}',
  ],
  [
    'go',
    'golang',
    'add',
    'package main\n\nimport "fmt"\n\nfunc add(a int, b int) int {\n\treturn a + b\n}\n\nfunc main() {\n\tfmt.Println(add(1, 2))\n}',
  ],
  ['rust', 'rs', 'add', 'use std::io;\n\npub fn add(a: i64, b: i64) -> i64 {\n    a + b\n}'],
  ['bash', 'sh', 'add', '#!/bin/bash\nadd() {\n  echo $(($1 + $2))\n}\nadd "$@"'],
  ['sql', 'sqlite', undefined, "SELECT name, COUNT(*)\nFROM t\nWHERE x = 'a'\nGROUP BY name;"],
  ['lua', 'lua', 'add', 'local function add(a, b)\n  return a + b\nend\n\nreturn add'],
  ['ruby', 'rb', 'add', 'def add(a, b)\n  a + b\nend\n\nputs add(1, 2)'],
  ['php', 'php', 'add', '<?php\nfunction add($a, $b) {\n    return $a + $b;\n}'],
  ['perl', 'perl', 'add', 'use strict;\n\nsub add {\n    my ($x, $y) = @_;\n    return $x + $y;\n}'],
  ['kotlin', 'kotlin', 'add', 'fun add(a: Int, b: Int): Int {\n    return a + b\n}'],
]

describe('languages', () => {
  it.each(languages)(
    '%s (tag %s): fenced, with a shell block and an output block',
    (language, tag, entryPoint, code) => {
      const other = language === 'bash' ? fence('x = 1', 'python') : fence('make run', 'bash')
      const reply = `Sure:\n${fence(code, tag)}\nRun it:\n${other}\nOutput:\n${fence('3', 'text')}`
      expect(extractCode(reply, { language, entryPoint }).code).toBe(code)
    },
  )
  it.each(languages)('%s (tag %s): no fence, prose before and after', (language, _tag, entryPoint, code) => {
    const reply = `Here is the solution that you asked for:\n\n${code}\n\nIt takes the two values and gives back their sum.`
    expect(extractCode(reply, { language, entryPoint }).code).toBe(code)
  })
  it.each(languages)('%s (tag %s): the language is not told', (_language, tag, entryPoint, code) => {
    expect(extractCode(fence(code, tag), { entryPoint }).code).toBe(code)
  })
  it('takes imports to the top when Java comes in pieces', () => {
    const a = fence('import java.util.List;\n\nclass Adder {\n    int add(int a) { return a; }\n}', 'java')
    const b = fence(
      'import java.util.Map;\n\npublic class Main {\n    int run() { return new Adder().add(1); }\n}',
      'java',
    )
    const { code } = extractCode(`${a}\n${b}`, { language: 'java', entryPoint: 'run' })
    expect(code).toMatch(/^import java.util.List;\nimport java.util.Map;\n/)
    expect(code).toContain('class Adder')
  })
})

describe('what is missing, and why', () => {
  const cases: [name: string, reply: string, options: ExtractOptions, missing: string | undefined][] = [
    ['empty at the token limit', '', { finish: 'length' }, 'truncated'],
    ['empty', '', { finish: 'stop' }, 'no-code'],
    ['an open thought', `<think>\n${fence(add)}`, python, 'truncated'],
    ['an open thought, token limit', `<think>\n${fence(add)}`, { ...python, finish: 'length' }, 'truncated'],
    ['an open thought, though the model stopped', `<think>\n${fence(add)}`, { ...python, finish: 'stop' }, 'no-code'],
    ['a harmony reply without a final part', `<|channel|>analysis<|message|>${fence(add)}`, python, 'truncated'],
    ['prose', 'Add the numbers.', { ...python, finish: 'stop' }, 'no-code'],
    ['prose at the token limit', 'Let us think step by step about this', { ...python, finish: 'length' }, 'truncated'],
    ['a refusal', "I'm sorry, but I can't help with that.", python, 'refused'],
    ['a curly refusal', 'I can’t assist with this request.', python, 'refused'],
    ['a refusal by the provider', '', { ...python, finish: 'refusal' }, 'refused'],
    ['an apology before code', `Sorry for the mistake.\n${fence(add)}`, python, undefined],
    ['a closed fence at the token limit', `${fence(add)}\nThis fun`, { ...python, finish: 'length' }, undefined],
    ['a fence cut off', `\`\`\`python\ndef add(a, b):\n    ret`, { ...python, finish: 'length' }, 'truncated'],
  ]
  it.each(cases)('%s', (_name, reply, options, missing) => {
    const found = extractCode(reply, options)
    expect(found.missing).toBe(missing)
    if (missing === 'no-code' || missing === 'refused') expect(found.code).toBeNull()
  })
})

describe('work', () => {
  /** Counts how often any line is read. */
  function counted(lines: string[]): { lines: string[]; reads: () => number } {
    let reads = 0
    const proxy = new Proxy(lines, {
      get(target, key, self) {
        if (typeof key === 'string' && /^\d+$/.test(key)) reads++
        return Reflect.get(target, key, self)
      },
    })
    return { lines: proxy, reads: () => reads }
  }
  const shapes: Record<string, (i: number) => string> = {
    'opening fences': () => '```python',
    'bare fences': () => '```',
    'lines of code': (i) => `x${i} = ${i}`,
    prose: () => 'This is one more line of prose that explains it.',
    'triple quotes': () => '"""',
    'fences and quotes': (i) => ['```python', '"""', '```', '    x'][i % 4] as string,
    'opening brackets': () => 'f(',
  }
  it.each(Object.keys(shapes))('reads each line a bounded number of times: %s', (shape) => {
    for (const size of [2_000, 8_000]) {
      const all = Array.from({ length: size }, (_, i) => (shapes[shape] as (i: number) => string)(i))
      const fences = counted(all)
      fencedBlocks(fences.lines)
      expect(fences.reads()).toBeLessThanOrEqual(3 * size)
      const plain = counted(all)
      codeSpans(plain.lines, dialectOf('python'))
      expect(plain.reads()).toBeLessThanOrEqual(3 * size)
    }
  })
  it.each(Object.keys(shapes))('comes to an end on 200,000 lines: %s', (shape) => {
    const reply = Array.from({ length: 200_000 }, (_, i) => (shapes[shape] as (i: number) => string)(i)).join('\n')
    expect(extractCode(`${reply}\n`, { language: 'python', entryPoint: 'add' })).toHaveProperty('how')
  })
  it.each([
    '<think>',
    '</think>',
    '<|endoftext|>',
    '\u200b',
    'add(',
    '[PYTHON]',
    '`',
    '> ',
    ' ',
    'a ',
    'const ',
    '(',
    '{',
  ])('comes to an end on one line of 200,000 times %j, in every language', (piece) => {
    const reply = piece.repeat(200_000)
    for (const [language, , entryPoint] of languages)
      expect(extractCode(reply, { language, entryPoint })).toHaveProperty('how')
  })
  it('finds the answer at the end of 200,000 lines of reasoning', () => {
    const thought = Array.from({ length: 100_000 }, (_, i) => `Step ${i}: consider that again.\n\`\`\`python`).join(
      '\n',
    )
    expect(extractCode(`${thought}\n</think>\n${fence(add)}`, python).code).toBe(add)
  })
})
