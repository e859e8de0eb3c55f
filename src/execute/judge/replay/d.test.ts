/** Function problems in D: what crosses, and what becomes of programs that do not play along. */
import { afterAll, describe, expect, it } from 'vitest'
import { judgeOf, patience } from './judged.test-support.js'

const { judged, missing, close } = await judgeOf('d')
afterAll(close)

const imports = 'import std.math;\nimport std.typecons;\n'
const suite = (head: string, script: string) => ({
  trusted: `${imports}/*\n >>> { "unittest"\n*/\n${head} `,
  script: `\nunittest\n{\n    alias candidate = f;\n\n${script}\n}\nvoid main(){}`,
})

describe.skipIf(missing)('D', () => {
  it('values of all kinds cross both ways', patience, async () => {
    const head =
      'Tuple!(long[string], Nullable!(string), float[], bool, char, Nullable!long) f(long[string] a, Nullable!(string) b, float[] c, bool d, char e, string[][] g)'
    const call = `candidate(["x y": 1L, "ü": -2L], Nullable!(string)("%\\n"), [0.5, -0.0, float.infinity], true, 'c', [["a"], []])`
    const script = `    auto r = ${call};
    assert(r[0] == ["x y": 1L, "ü": -2L]);
    assert(r[1].get == "%\\n" && r[5].isNull);
    assert(r[2] == [0.5f, -0.0f, float.infinity] && signbit(r[2][1]) == 1);
    assert(r[3] && r[4] == 'c', "a message");
    assert(f(null, Nullable!(string).init, [], false, 'x', [])[1].isNull);`
    const right = `${imports}${head} { return tuple(a, b, c, d, e, Nullable!long.init); }`
    expect(await judged(suite(head, script), right)).toMatchObject({ kind: 'passed', judged: 'out-of-process' })
    const wrong = right.replace('b, c', 'Nullable!(string)("%"), c')
    expect(await judged(suite(head, script), wrong)).toMatchObject({ kind: 'wrong' })
  })

  it('arguments changed in place are changed for the tests, exceptions keep their type', patience, async () => {
    const head = 'void f(long[] a)'
    const script = '    long[] a = [2L, 1L];\n    candidate(a);\n    assert(a == [1L, 2L]);'
    const sorts = 'module solution;\nimport std.algorithm;\nvoid f(long[] a) { sort(a); }\nvoid main() { assert(0); }'
    expect(await judged(suite(head, script), sorts)).toMatchObject({ kind: 'passed' })
    const raises = 'void f(long[] a) { a[5] = 1; }'
    expect(await judged(suite(head, script), raises)).toMatchObject({
      kind: 'runtime-error',
      exception: { type: 'ArrayIndexError' },
    })
  })

  it.each([
    ['an early end with success', 'import core.stdc.stdlib;\nlong f(long x) { exit(0); return 0; }', /runtime-error/],
    [
      'a reply of its own',
      'static import cupel;\nlong f(long x) { cupel.send("v i3"); return 2; }',
      /wrong|cheated|runtime-error/,
    ],
    [
      'a value that is equal to all',
      'struct A { bool opEquals(long) const { return true; } }\nA f(long x) { return A(); }',
      /compile-error/,
    ],
    [
      'another handler of assertions',
      'import core.exception;\nshared static this() { assertHandler = (f, l, m) { }; }\nlong f(long x) { return 3; }',
      /wrong/,
    ],
  ])('%s does not pass', patience, async (_, code, kind) => {
    const verdict = await judged(suite('long f(long x)', '    assert(candidate(1L) == 2L);'), code)
    expect([verdict.kind, verdict.judged]).toEqual([expect.stringMatching(kind), 'out-of-process'])
  })
})
