/** Tests that pass what cannot cross run beside the program, in each language, and the verdict says so. */
import { describe, expect, it } from 'vitest'
import type { AssertionSuite } from '../../../kernel/index.js'
import { judgeOf, patience } from './judged.test-support.js'

interface Case {
  readonly suite: Pick<AssertionSuite, 'trusted' | 'script' | 'mode'>
  readonly right: string
  readonly wrong: string
  readonly raises: string
  /** Ends the program as if all were well, before the tests have ended. */
  readonly leaves: string
  /** Calls what reports the end, without the word. */
  readonly forges: string
  /** Other ways to change what decides. */
  readonly bends?: readonly string[]
}

/** The tests pass a function; `f` is to call it with 20 and add 1. */
const cases: Record<string, Case> = {
  javascript: {
    suite: {
      trusted: 'function f(g) {\n',
      script: `const assert = require('node:assert')\nassert.equal(f((x) => 2 * x), 41)\nsetTimeout(() => assert.equal(f((x) => x), 21), 1)`,
    },
    right: 'function f(g) { return g(20) + 1 }',
    wrong: 'function f(g) { return g(20) }',
    raises: 'function f(g) { throw new RangeError("far") }',
    leaves: 'let n = 0\nfunction f(g) { if (n++ > 0) process.exit(0); return g(20) + 1 }',
    forges: `function f(g) { require('./cupel.js').ended('x'); return 0 }\nprocess.on('uncaughtException', () => {})`,
  },
  ruby: {
    suite: {
      trusted: 'def f(g)\n',
      script: `raise 'no' unless f(->(x) { 2 * x }) == 41\nraise 'no' unless f(->(x) { x }) == 21`,
    },
    right: 'def f(g)\n  g.call(20) + 1\nend',
    wrong: 'def f(g)\n  g.call(20)\nend',
    raises: 'def f(g)\n  raise ArgumentError, "far"\nend',
    leaves: 'def f(g)\n  exit(0)\nend',
    forges: 'def f(g)\n  CupelReplay.ended("x"); exit(0)\nend',
  },
  php: {
    suite: {
      trusted: '<?php\nfunction f($g) {\n',
      script: `if (f(fn($x) => 2 * $x) !== 41) { throw new Exception('no'); }\nif (f(fn($x) => $x) !== 21) { throw new Exception('no'); }`,
    },
    right: '<?php\nfunction f($g) { return $g(20) + 1; }',
    wrong: '<?php\nfunction f($g) { return $g(20); }',
    raises: '<?php\nfunction f($g) { throw new LengthException("far"); }',
    leaves: '<?php\nfunction f($g) { exit(0); }',
    forges: '<?php\nfunction f($g) { \\CupelReplay\\out("d x 1"); exit(0); }',
  },
  cpp: {
    suite: {
      trusted: '#include <bits/stdc++.h>\nusing namespace std;\nint f(function<int(int)> g) {\n',
      script: `#include <cassert>\nint main() {\n  assert(f([](int x) { return 2 * x; }) == 41);\n  assert(f([](int x) { return x; }) == 21);\n}`,
    },
    right:
      '#include <bits/stdc++.h>\nusing namespace std;\nint f(function<int(int)> g) { return g(20) + 1; }\nint main() { return 9; }',
    wrong: '#include <bits/stdc++.h>\nusing namespace std;\nint f(function<int(int)> g) { return g(20); }',
    raises:
      '#include <bits/stdc++.h>\nusing namespace std;\nint f(function<int(int)> g) { throw out_of_range("far"); }',
    leaves: '#include <bits/stdc++.h>\nusing namespace std;\nint f(function<int(int)> g) { exit(0); }',
    forges:
      '#include <bits/stdc++.h>\nusing namespace std;\nint f(function<int(int)> g) { cupel::send("d x 1"); _exit(0); }',
    bends: [
      '#include <bits/stdc++.h>\nusing namespace std;\n#define failed(a, b) guessed()\nint f(function<int(int)> g) { return 0; }',
    ],
  },
  java: {
    suite: {
      trusted: 'import java.util.function.*;\nclass Solution {\n  static int f(IntUnaryOperator g) {\n',
      script: `class Main {\n  public static void main(String[] args) {\n    if (f2(x -> 2 * x) != 41) throw new AssertionError("no");\n    assert f2(x -> x) == 21;\n  }\n  static int f2(IntUnaryOperator g) { return Solution.f(g); }\n}`,
    },
    right:
      'import java.util.function.*;\npublic class Solution {\n  static int f(IntUnaryOperator g) { return g.applyAsInt(20) + 1; }\n}',
    wrong:
      'import java.util.function.*;\nclass Solution {\n  static int f(IntUnaryOperator g) { return g.applyAsInt(20); }\n}',
    raises:
      'import java.util.function.*;\nclass Solution {\n  static int f(IntUnaryOperator g) { throw new ArithmeticException("far"); }\n}',
    leaves:
      'import java.util.function.*;\nclass Solution {\n  static int f(IntUnaryOperator g) { System.exit(0); return 0; }\n}',
    forges:
      'import java.util.function.*;\nclass Solution {\n  static int f(IntUnaryOperator g) throws RuntimeException {\n    try { cupel.Beside.run(Solution.class, "x"); } catch (Throwable t) { }\n    return 0;\n  }\n  static void main(String[] args) { }\n}',
  },
  go: {
    suite: {
      trusted: 'package main\n\nfunc f(g func(int) int) int {\n',
      script: `import "testing"\n\nfunc TestF(t *testing.T) {\n\tif f(func(x int) int { return 2 * x }) != 41 {\n\t\tt.Error("no")\n\t}\n}\n\nfunc TestG(t *testing.T) {\n\tif f(func(x int) int { return x }) != 21 {\n\t\tt.Fatalf("no")\n\t}\n}`,
    },
    right:
      'package main\n\nimport "fmt"\n\nfunc f(g func(int) int) int { fmt.Println("hello"); return g(20) + 1 }\n\nfunc main() {}',
    wrong: 'package main\n\nfunc f(g func(int) int) int { return g(20) }',
    raises: 'package main\n\nfunc f(g func(int) int) int { var a []int; return a[g(20)] }',
    leaves: 'package main\n\nimport "os"\n\nfunc f(g func(int) int) int { os.Exit(0); return 0 }',
    forges:
      'package main\n\nimport "os"\n\nfunc f(g func(int) int) int { cupelGiven.send("d x 2"); os.Exit(0); return 0 }',
    bends: [
      'package main\n\nfunc init() { cupelGuessed = true }\n\nfunc f(g func(int) int) int { return 0 }',
      'package main\n\nfunc f(g func(int) int) int { panic(cupelSkipped{}) }',
    ],
  },
  rust: {
    suite: {
      trusted: 'fn f(g: &dyn Fn(i64) -> i64) -> i64 {\n',
      script: `#[cfg(test)]\nmod tests {\n  use super::*;\n  #[test]\n  fn one() { assert_eq!(f(&|x| 2 * x), 41); }\n  #[test]\n  fn two() { assert!(f(&|x| x) == 21, "no"); }\n}`,
    },
    right: 'fn f(g: &dyn Fn(i64) -> i64) -> i64 { g(20) + 1 }\nfn main() { }',
    wrong: 'fn f(g: &dyn Fn(i64) -> i64) -> i64 { g(20) }',
    raises: 'fn f(g: &dyn Fn(i64) -> i64) -> i64 { panic!("far {}", g(1)) }',
    leaves: 'fn f(_: &dyn Fn(i64) -> i64) -> i64 { std::process::exit(0) }',
    forges: 'fn f(_: &dyn Fn(i64) -> i64) -> i64 { println!("\\nd x 2"); std::process::exit(0) }',
  },
  csharp: {
    suite: {
      trusted: 'using System;\nclass Solution {\n  public static int F(Func<int, int> g) {\n',
      script: `class Program {\n  static void Main(string[] args) {\n    if (Solution.F(x => 2 * x) != 41) throw new Exception("no");\n    System.Diagnostics.Debug.Assert(Solution.F(x => x) == 21);\n  }\n}`,
    },
    right: 'using System;\nclass Solution {\n  public static int F(Func<int, int> g) { return g(20) + 1; }\n}',
    wrong:
      'using System;\nclass Solution {\n  public static int F(Func<int, int> g) { return g(20) == 40 ? 41 : 0; }\n}',
    raises:
      'using System;\nclass Solution {\n  public static int F(Func<int, int> g) { throw new ArgumentException("far"); }\n}',
    leaves:
      'using System;\nclass Solution {\n  public static int F(Func<int, int> g) { Environment.Exit(0); return 0; }\n}',
    forges:
      'using System;\nclass Solution {\n  public static int F(Func<int, int> g) { CupelReplay.Lines.Send("d x 1"); Environment.Exit(0); return 0; }\n}',
  },
  kotlin: {
    suite: {
      trusted: 'fun f(g: (Int) -> Int): Int {\n',
      script: 'fun main() {\n  if (f { 2 * it } != 41) throw Exception("no")\n  check(f { it } == 21)\n}',
    },
    right: 'fun f(g: (Int) -> Int): Int { return g(20) + 1 }\nfun main() { }',
    wrong: 'fun f(g: (Int) -> Int): Int = g(20)',
    raises: 'fun f(g: (Int) -> Int): Int = throw ArithmeticException("far")',
    leaves: 'fun f(g: (Int) -> Int): Int { kotlin.system.exitProcess(0) }',
    forges: 'fun f(g: (Int) -> Int): Int { cupel.beside("x") { }; return 0 }',
  },
}

describe.each(Object.entries(cases))('%s', async (language, { suite, bends, ...programs }) => {
  const { judged, missing } = await judgeOf(language)
  const kindOf = async (program: keyof typeof programs) => (await judged(suite, programs[program])).kind

  it.skipIf(missing)('a function of the tests reaches the program, and the verdict says how', patience, async () => {
    expect(await judged(suite, programs.right)).toMatchObject({ kind: 'passed', judged: 'in-process' })
  })

  it.skipIf(missing)('a program that leaves early has not passed', patience, async () => {
    const ended = { kind: 'runtime-error', judged: 'in-process', exception: { type: 'ProcessEnded' } }
    expect(await judged(suite, programs.leaves)).toMatchObject(ended)
  })

  // Its compiler needs five seconds for each.
  const slow = language === 'kotlin'
  if (slow)
    console.log('kotlin: wrong, raising and forging programs are not judged beside their tests, to save half a minute')

  if (slow) return
  it.skipIf(missing)('wrong, raising and forging programs are told apart', patience, async () => {
    expect(await kindOf('wrong')).toMatch(/^(?:wrong|runtime-error)$/)
    const raised = { kind: 'runtime-error', exception: { message: expect.stringMatching(/far|range/) } }
    expect(await judged(suite, programs.raises)).toMatchObject(raised)
    for (const code of [programs.forges, ...(bends ?? [])])
      expect(['cheated', 'runtime-error', 'wrong', 'compile-error']).toContain((await judged(suite, code)).kind)
  })
})

describe('test functions of JavaScript', async () => {
  const { judged, missing } = await judgeOf('javascript')
  const test = (name: string, due: string) =>
    `async function ${name}() { if (await f(x => x) !== ${due}) throw new Error('no') }\n`
  const suite = {
    trusted: 'function f(g) {\n',
    script: test('testOne', '1') + test('testTwo', '1'),
    mode: 'in-process',
  } as const

  it.skipIf(missing)('run one after the other, and each counts', async () => {
    expect(await judged(suite, 'async function f(g) { return g(1) }')).toMatchObject({ kind: 'passed' })
    expect(await judged(suite, 'let n = 0\nconst f = (g) => g(n++ === 0 ? 1 : 2)')).toMatchObject({
      kind: 'runtime-error',
    })
    const never = await judged(suite, 'const f = (g) => new Promise(() => {})')
    expect(never).toMatchObject({ kind: 'runtime-error', exception: { type: 'ProcessEnded' } })
    const leaves = await judged(suite, 'let n = 0\nconst f = (g) => n++ === 0 ? 1 : process.exit(0)')
    expect(leaves).toMatchObject({ kind: 'runtime-error', exception: { type: 'ProcessEnded' } })
  })
})

describe('what a script of JavaScript begins', async () => {
  const { judged, missing } = await judgeOf('javascript')
  const body = `if (await f(x => x) !== 1) throw new Error('no')`
  const scripts = [
    `(async () => { ${body} })()`,
    `(async function () { ${body} })().catch((e) => { console.error(e); process.exit(1) })`,
    `async function main() { ${body} }\nmain()`,
    `const run = async () => { ${body} }\nrun().then(() => console.log('done'))`,
  ]
  it.skipIf(missing).each(scripts)('has to come to its end: %s', async (script) => {
    const suite = { trusted: 'function f(g) {\n', script, mode: 'in-process' } as const
    const late = 'const f = (g) => new Promise((keep) => setTimeout(() => keep(g(1)), 5))'
    expect(await judged(suite, late)).toMatchObject({ kind: 'passed' })
    expect((await judged(suite, 'const f = async (g) => 2')).kind).toMatch(/^(?:wrong|runtime-error)$/)
    const never = await judged(suite, 'const f = (g) => new Promise(() => {})')
    expect(never).toMatchObject({ kind: 'runtime-error', exception: { type: 'ProcessEnded' } })
  })
})

describe('files of Java', async () => {
  const { judged, missing } = await judgeOf('java')
  const suite = {
    trusted: 'import java.util.function.*;\nclass Solution {\n  static int f(IntUnaryOperator g) {\n',
    script:
      'public class Main {\n  public static void main(String[] args) {\n    if (Solution.f(x -> x) != 21) throw new AssertionError("no");\n  }\n}',
  }
  const wrong = 'class Solution { static int f(java.util.function.IntUnaryOperator g) { return 1; } }'

  it.skipIf(missing).each(['Main', 'CupelBeside'])(
    'of the program stand in no other’s place: %s',
    patience,
    async (name) => {
      const code = `public class ${name} { public static void main(String[] args) { } }\n${wrong}`
      expect(await judged(suite, code)).toMatchObject({ kind: 'compile-error' })
    },
  )
})

describe('what leads there', async () => {
  const { judged, missing } = await judgeOf('ruby')
  const plain = { trusted: 'def f(a)\n', script: `raise 'no' unless f(1) == 2` }

  it.skipIf(missing)('is nothing that the program gives or does', async () => {
    for (const code of ['def f(a) = ->(x) { x }', 'def f(a) = Class.new.new', 'def f(a) = exit(0)', 'def f(a) = 2'])
      expect((await judged(plain, code)).judged, code).toBe('out-of-process')
  })

  it.skipIf(missing)('a failure is nobody’s where the published solution fails too', async () => {
    const suite = { trusted: 'def f(g)\n', script: `raise 'no' unless f(->(x) { x }) == 2\nrequire 'no_such_library'` }
    const [right, wrong] = ['def f(g) = g.call(2)', 'def f(g) = 3']
    for (const code of [right, wrong])
      expect(await judged(suite, code, `${right}\n`)).toMatchObject({ kind: 'infrastructure' })
    const well = { ...suite, script: `raise 'no' unless f(->(x) { x }) == 2` }
    expect(await judged(well, wrong, `${right}\n`)).toMatchObject({ kind: 'runtime-error', judged: 'in-process' })
  })

  it.skipIf(missing)('tests of a framework count, which begin when the script has ended', async () => {
    const test = (name: string, due: number) =>
      `  def test_${name}\n    assert_equal ${due}, f(->(x) { ${due} * x })\n  end\n`
    const script = `require 'minitest/autorun'\nclass Tests < Minitest::Test\n${test('a', 1)}${test('b', 2)}end\n`
    const suite = { trusted: 'def f(g)\n', script, mode: 'in-process' } as const
    expect(await judged(suite, 'def f(g) = g.call(1)')).toMatchObject({ kind: 'passed', judged: 'in-process' })
    expect(await judged(suite, 'def f(g) = 1')).toMatchObject({ kind: 'wrong' })
    expect((await judged(suite, 'def f(g) = exit(0)')).kind).not.toBe('passed')
    expect((await judged(suite, 'def f(g) = exit!(0)')).kind).toBe('runtime-error')
  })

  it.skipIf(missing)(
    'what a framework takes for a test to be left out is a failure where the program raises it',
    async () => {
      const script = `require 'test/unit'\nclass Tests < Test::Unit::TestCase\n  def test_f\n    assert_equal 2, f(1)\n  end\nend\n`
      for (const name of ['PendedError', 'OmittedError']) {
        const own = `module Test; module Unit; class ${name} < StandardError; end; end; end\n`
        const raises = `${own}def f(a) = raise(Test::Unit::${name}, 'later')`
        expect(await judged({ trusted: plain.trusted, script }, raises), name).toMatchObject({ kind: 'runtime-error' })
      }
      expect(await judged({ trusted: plain.trusted, script }, 'def f(a) = 2')).toMatchObject({ kind: 'passed' })
    },
  )

  it.skipIf(missing)('a text that is left open does not swallow the tests', async () => {
    const suite = { trusted: 'def f(g)\n', script: `if true\n  raise 'no' unless f(->(x) { x }) == 2\nend\n` }
    expect((await judged(suite, 'def f(g) = 0\n$text = <<end\n')).kind).toBe('runtime-error')
    const whole = '# frozen_string_literal: true\ndef f(g) = 2\n__END__\n<<end'
    expect(await judged(suite, whole)).toMatchObject({ kind: 'passed', judged: 'in-process' })
  })

  it.skipIf(missing)('a benchmark asks for it where it knows', async () => {
    const code = 'def f(a) = 2'
    expect(await judged({ ...plain, mode: 'in-process' }, code)).toMatchObject({ kind: 'passed', judged: 'in-process' })
  })
})
