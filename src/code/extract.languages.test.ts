import { describe, expect, it } from 'vitest'
import { extractCode } from './extract.js'
import { fence } from './extract.test-support.js'

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
