/** Functions found and replaced in files, without running anything. */
import { describe, expect, it } from 'vitest'
import { type FunctionPlace, definitionsIn, findFunction, withFunction } from './definitions.js'
import { PatchError } from './diff.js'

const textOf = (text: string, place: FunctionPlace) => {
  const { start, end } = findFunction(text, place)
  return text.slice(start, end)
}
const replaced = (text: string, place: FunctionPlace, code: string) =>
  withFunction(Buffer.from(text), place, code).toString('utf8')

const python = `"""
def f(): in a docstring
"""
import os  # def f():

def f(a, b={'x': [1,
    2]}):
    if a:
\tdef f_inner():
\t\treturn """
def f(): in a string
"""
    return b  # trailing

# a comment of nobody
class A:
    @property
    # between

    @other('f', "def f")
    async def f(self) -> 'A: B':
        def f(): return 1
        return f

    x = 1
    def g(self): return {'a': 1}[
'a']
def f_last(): pass`

describe('functions of Python', () => {
  const f = { language: 'python', name: 'f' } as const

  it('are told apart by line or text: nested ones, methods, strings that look like them', () => {
    expect(definitionsIn(python, 'python').map(({ name }) => name)).toEqual([
      ...['f', 'f_inner', 'f', 'f', 'g', 'f_last'],
    ])
    expect(textOf(python, { ...f, line: 6 })).toMatch(/^def f\(a[\s\S]*return b {2}# trailing$/)
    for (const line of [17, 20, 21]) expect(textOf(python, { ...f, line })).toMatch(/^ {4}@property[\s\S]*return f$/)
    expect(textOf(python, { ...f, line: 22 })).toBe('        def f(): return 1')
    expect(textOf(python, { ...f, text: 'def f(): return 1\n' })).toBe('        def f(): return 1')
    expect(textOf(python, { ...f, name: 'g' })).toBe("    def g(self): return {'a': 1}[\n'a']")
    expect(() => textOf(python, f)).toThrow(/defines «f» 3 times/)
    expect(() => textOf(python, { ...f, line: 2 })).toThrow(PatchError)
    expect(() => textOf(python, { ...f, name: 'h' })).toThrow(/no function «h»/)
  })

  it('the text decides where lines have moved', () => {
    expect(textOf(python, { ...f, line: 6, text: '\n  def f(): return 1' })).toBe('        def f(): return 1')
  })

  it('get the margin of their class and keep decorators, unless the candidate has its own', () => {
    const at = { ...f, line: 20 }
    const before = python.slice(0, python.indexOf('    @property'))
    const after = python.slice(python.indexOf('\n\n    x = 1'))
    const decorators = python.slice(before.length, python.indexOf('    async def f(self)'))
    expect(replaced(python, at, 'def f(self):\n  s = """\n x\n"""\n\n  return s\n')).toBe(
      `${before}${decorators}    def f(self):\n      s = """\n x\n"""\n\n      return s${after}`,
    )
    expect(replaced(python, at, '\n        @mine\n        def f(self):\n            pass')).toBe(
      `${before}    @mine\n    def f(self):\n        pass${after}`,
    )
    expect(replaced(python, at, 'import re\ndef f(self): pass')).toBe(
      `${before}    import re\n${decorators}    def f(self): pass${after}`,
    )
  })

  it.each([
    ['with CRLF', python.replaceAll('\n', '\r\n')],
    ['with tabs', python.replaceAll('    ', '\t')],
    ['with a byte that is no UTF-8', `# \xe9\xa0\x85\n${python}`],
  ])('put back, leave every byte %s', (_, text) => {
    const bytes = Buffer.from(text, 'latin1')
    for (const { name, start, end } of definitionsIn(text, 'python')) {
      const line = text.slice(0, end).split('\n').length - text.slice(start, end).split('\n').length + 1
      const deepest = text.slice(start).search(/def /) + start
      const place = {
        language: 'python',
        name,
        line: line + text.slice(start, deepest).split('\n').length - 1,
      } as const
      expect(withFunction(bytes, place, text.slice(start, end)).equals(bytes), name).toBe(true)
    }
  })
})

const java = `package a;
/* int f() { */
@interface Note { String[] value() default {}; }
public class A<T> {
  static final String S = "int f() { \\" }", C = """
    int f() { "quoted" }
    """;
  enum E { f(1) { void g() { } }, h(2); E(int i) { } }
  char brace = '{'; // }

  /** Javadoc of f. */
  @Note({"x", "}"}) @Deprecated
  public <U extends Comparable<U>> int f(final int[] a, T... b) throws java.io.IOException, Error {
    Object o = new Object() { int f() { return 3; } };
    if (f(a)) { return f(new f() { }); }
    for (;;) { Runnable r = () -> { f(1); }; }
  }
  abstract int f(String s);
  int f(long l) { return 2; }
  A() { super(); }
}`

describe('what a candidate may do', () => {
  const place = { language: 'java', name: 'f' } as const
  it.each([
    ['blanks', `x${' '.repeat(400_000)}y`],
    ['brackets', '(['.repeat(50_000)],
    ['exceptions', 'f() throws '.repeat(20_000)],
    ['quotes', `"${'\\\\'.repeat(200_000)}`],
  ])('%s without end are put in like anything else', (_, code) => {
    expect(replaced('class A { void f() { } }', place, code)).toBe(`class A { ${code.trimEnd()} }`)
    expect(replaced('def f(): pass', { ...place, language: 'python' }, code)).toBe(code.trimEnd())
  })

  it('more than a million letters are refused', () => {
    expect(() => replaced('class A { void f() { } }', place, 'f'.repeat(2 ** 21))).toThrow(PatchError)
  })
})

describe('methods of Java', () => {
  const f = { language: 'java', name: 'f' } as const

  it('are told apart: overloads, anonymous classes, constants, calls, strings and comments that look like them', () => {
    expect(definitionsIn(java, 'java').map(({ name }) => name)).toEqual(['g', 'E', 'f', 'f', 'f', 'A'])
    expect(textOf(java, { ...f, line: 13 })).toMatch(/^@Note[\s\S]*\}; \}\n {2}\}$/)
    expect(textOf(java, { ...f, line: 14 })).toBe('int f() { return 3; }')
    expect(textOf(java, { ...f, line: 19 })).toBe('int f(long l) { return 2; }')
    expect(textOf(java, { ...f, text: 'int f(long l)\n{ return 2; }'.replace('\n', ' ') })).toContain('long l')
    expect(() => textOf(java, { ...f, line: 18 })).toThrow(/defines «f» 3 times/)
  })

  it('keep annotations and everything around them', () => {
    const at = { ...f, line: 13 }
    const [before, after] = [java.slice(0, java.indexOf('@Note({')), java.slice(java.indexOf('\n  abstract'))]
    expect(replaced(java, at, 'int f(int[] a) {\n  return 1;\n}\n')).toBe(
      `${before}@Note({"x", "}"}) @Deprecated\n  int f(int[] a) {\n    return 1;\n  }${after}`,
    )
    expect(replaced(java, at, '@Override int f() { }')).toBe(`${before}@Override int f() { }${after}`)
    expect(replaced(java, at, 'int f() {')).toBe(`${before}@Note({"x", "}"}) @Deprecated\n  int f() {${after}`)
  })

  it('put back, leave every byte, with CRLF too', () => {
    for (const text of [java, java.replaceAll('\n', '\r\n')]) {
      const bytes = Buffer.from(text)
      for (const line of [13, 14, 19])
        expect(withFunction(bytes, { ...f, line }, textOf(text, { ...f, line })).equals(bytes), `${line}`).toBe(true)
    }
  })
})
