/**
 * The cheat corpus: programs that try to be judged `passed` without solving the problem, and honest programs that naive
 * guards break. The fixtures are files beside this one; their first lines say what they try and what may become of them.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { BadDataError } from '../../../kernel/errors.js'
import type { AssertionSuite } from '../../../kernel/problem.js'
import { type VerdictKind, verdictKinds } from '../../../kernel/verdict.js'

export type CorpusLanguage = keyof typeof extensions

export interface Cheat {
  /** Unique within its language: the file name without its extension. */
  readonly name: string
  readonly language: CorpusLanguage
  /** Number of the trap in the list of known attacks on harnesses, 9 to 24; fixtures are grouped by it. */
  readonly item: number
  /** One line: what it tries. */
  readonly tries: string
  /** Verdicts that are fine; never `passed` and never `infrastructure`. */
  readonly expect: readonly VerdictKind[]
  /** The whole file, header included. */
  readonly code: string
}

export interface Honest {
  readonly name: string
  readonly language: CorpusLanguage
  /** One line: what about it breaks naive guards. */
  readonly why: string
  /** What the program cannot do without, where an interpreter may lack it (WebAssembly has no threads). */
  readonly needs?: 'threads' | 'event-loop'
  readonly code: string
}

/** They talk to each other, if anything of one execution is left for the next: only this order shows it. */
export const cheatsInOrder: readonly string[] = ['state-first', 'state-second', 'state-empty']

const extensions = {
  ...{ python: '.py', javascript: '.js', ruby: '.rb', php: '.php', cpp: '.cpp', java: '.java', go: '.go', rust: '.rs' },
  ...{ bash: '.sh', lua: '.lua', perl: '.pl', r: '.R', racket: '.rkt', scala: '.scala' },
  // not ours to compile
  typescript: '.ts.txt',
} as const
const languages = Object.keys(extensions) as CorpusLanguage[]

/** All cheats, by language and name. Throws `BadDataError` for a fixture without a proper header. */
export function loadCheats(): Cheat[] {
  return languages.flatMap((language) =>
    files(language, language).map(({ name, code }) => {
      const header = headerOf(code)
      const item = Number(header.get('item'))
      const tries = header.get('tries')
      const expect = (header.get('expect') ?? '').split(',').map((kind) => kind.trim())
      if (tries === undefined || !Number.isInteger(item) || item < 9 || item > 24 || !expect.every(isFailure))
        throw badFixture(language, name, '`tries:`, `item:` (9 to 24) and `expect:` (verdicts other than passed)')
      return { name, language, item, tries, expect, code }
    }),
  )
}

/** All honest programs, by language and name; each must be judged `passed`. */
export function loadHonest(): Honest[] {
  return languages.flatMap((language) =>
    files(`honest/${language}`, language).map(({ name, code }) => {
      const header = headerOf(code)
      const why = header.get('honest')
      const needs = header.get('needs')
      if (why === undefined || (needs !== undefined && needs !== 'threads' && needs !== 'event-loop'))
        throw badFixture(language, name, '`honest:` and, if any, `needs:` (threads or event-loop)')
      return { name, language, why, ...(needs === undefined ? {} : { needs }), code }
    }),
  )
}

const nodeTests = `
assert.strictEqual(add(2, 3), 5)
assert.strictEqual(add(-1, 1), 0)
assert.ok(Math.abs(add(0.1, 0.2) - 0.3) < 1e-9)
assert.deepEqual(add([1], [2]), [1, 2])
`

type Tests = Pick<AssertionSuite, 'trusted' | 'script'>
const tests: Record<CorpusLanguage, Tests> = {
  python: {
    trusted: '',
    script: `def check(candidate):
    assert candidate(2, 3) == 5
    assert candidate(-1, 1) == 0
    assert abs(candidate(0.1, 0.2) - 0.3) < 1e-9
    assert candidate([1], [2]) == [1, 2]
`,
  },
  javascript: {
    trusted: '',
    script: `function check(candidate) {
  assert.strictEqual(candidate(2, 3), 5)
  assert.strictEqual(candidate(-1, 1), 0)
  assert.ok(Math.abs(candidate(0.1, 0.2) - 0.3) < 1e-9)
  assert.deepStrictEqual(candidate([1], [2]), [1, 2])
}
`,
  },
  typescript: {
    trusted: 'function add(a: any, b: any): any {\n',
    script: `import * as assert from 'node:assert'\n${nodeTests}`,
  },
  ruby: {
    trusted: '# Adds.\ndef add(a, b)\n',
    script: `raise 'sum' unless add(2, 3) == 5
raise 'zero' if add(-1, 1) != 0
raise 'floats' unless (add(0.1, 0.2) - 0.3).abs < 1e-9
raise 'lists' unless add([1], [2]) == [1, 2]
`,
  },
  php: {
    trusted: '<?php\nfunction add($a, $b) {\n',
    script: `if (add(2, 3) !== 5) throw new Exception('sum');
if (add(-1, 1) !== 0) throw new Exception('zero');
if (abs(add(0.1, 0.2) - 0.3) >= 1e-9) throw new Exception('floats');
if (add([1], [2]) !== [1, 2]) throw new Exception('lists');
`,
  },
  bash: {
    trusted: '#!/bin/bash\n# Adds.\nadd() {\n',
    script: `candidate() {
    add "$@"
}

set -e
run_test() {
    [[ $(candidate "2" "3") = "5" ]]
    [[ $(candidate "-1" "1") = "0" ]]
    [[ $(candidate "-7" "-8") = "-15" ]]
    [[ $(candidate "1000000" "1") = "1000001" ]]
}

run_test
`,
  },
  lua: {
    trusted: '-- Adds.\nlocal function add(a, b)\n',
    script: `lu = require('luaunit')
function test_add()
local candidate = add
    lu.assertEquals(candidate(2, 3), 5)
    lu.assertEquals(candidate(-1, 1), 0)
    assert(math.abs(candidate(0.1, 0.2) - 0.3) < 1e-9)
    lu.assertEquals(candidate({1}, {2}), {1, 2})
end

os.exit(lu.LuaUnit.run())
`,
  },
  perl: {
    trusted: '# Adds.\nsub add {\n    my($a, $b) = @_;\n',
    script: `use Test::Deep;
use Data::Compare;
exit 1 unless eq_deeply(add(2, 3), 5);
die 'zero' unless Compare(scalar add(-1, 1), 0);
die 'floats' if abs(add(0.1, 0.2) - 0.3) >= 1e-9;
my $candidate = \\&add;
if (eq_deeply($candidate->([1], [2]), [1, 2])) { print "ok!" } else { exit 1 }
`,
  },
  java: {
    trusted: 'import java.util.*;\nclass Solution {\n  public List<Integer> add(List<Integer> a, List<Integer> b) {\n',
    script: `public class Main {
  public static void main(String[] args) {
    Solution s = new Solution();
    List<Boolean> correct = Arrays.asList(
      s.add(Arrays.asList(1), Arrays.asList(2)).equals(Arrays.asList(1, 2)),
      s.add(Arrays.asList(), Arrays.asList()).equals(Arrays.asList()),
      s.add(Arrays.asList(3, 4), Arrays.asList(5)).equals(Arrays.asList(3, 4, 5)),
      s.add(Arrays.asList(-7), Arrays.asList(-8)).equals(Arrays.asList(-7, -8)));
    if (correct.contains(false)) throw new AssertionError();
  }
}
`,
  },
  r: {
    trusted: '# Adds.\nadd <- function(a, b) {',
    script: `test_add <- function() {
    candidate <- add
    stopifnot(isTRUE(all.equal(candidate(2, 3), 5)))
    stopifnot(isTRUE(all.equal(candidate(-1, 1), 0)))
    stopifnot(isTRUE(all.equal(candidate(0.1, 0.2), 0.3)))
    stopifnot(isTRUE(all.equal(candidate(list(1), list(2)), list(1, 2))))
}
test_add()
`,
  },
  racket: {
    trusted: '#lang racket\n\n;; Adds.\n(define (add a b)\n',
    script: `(require rackunit)

(define (test-add)
  (let (( candidate add))
    (check-within (candidate 2 3) 5 0.001)
    (check-within (candidate -1 1) 0 0.001)
    (check-within (candidate 0.1 0.2) 0.3 1e-9)
    (check-within (candidate (list 1) (list 2)) (list 1 2) 0.001)
))

(test-add)
`,
  },
  scala: {
    trusted: 'object Main extends App {\n  def add(a : List[Int], b : List[Int]) : List[Int] = {\n',
    script: `
    assert(add(List(1), List(2)) == List(1, 2), "two")
    assert(add(Nil, Nil) == Nil)
    assert(add(List(3, 4), List(5)) == List(3, 4, 5))
    assert(add(List(-7), List(-8)) == List(-7, -8))
}
`,
  },
  go: {
    trusted: 'package main\n\nfunc add(a, b []int) []int {\n',
    script: `func main() {
	for _, n := range []int{2, 9, -4} {
		got := add([]int{1, n}, []int{2, 3})
		if len(got) != 4 || got[0] != 1 || got[1] != n || got[2] != 2 || got[3] != 3 {
			panic("lists")
		}
	}
}
`,
  },
  rust: {
    trusted: 'fn add(a: Vec<i64>, b: Vec<i64>) -> Vec<i64> {\n',
    script: `fn main() {
    let candidate = add;
    assert_eq!(candidate(vec![1], vec![2]), vec![1, 2]);
    assert_eq!(candidate(vec![], vec![]), Vec::<i64>::new());
    assert_eq!(candidate(vec![3, 4], vec![5]), vec![3, 4, 5]);
    assert_eq!(candidate(vec![-7], vec![-8]), vec![-7, -8]);
}
`,
  },
  cpp: {
    trusted: '#include <bits/stdc++.h>\nusing namespace std;\nint add(int a, int b) {\n',
    script: `#undef NDEBUG
#include <assert.h>
int main() {
  assert(add(2, 3) == 5);
  assert(add(-1, 1) == 0);
  assert(add(-7, -8) == -15);
  assert(add(1000000, 1) == 1000001);
}
`,
  },
}

/** The hidden tests that every fixture faces: `add(a, b)` of what the language lets it be: numbers, lists, or either. */
export function cheatSuite(language: CorpusLanguage, mode?: 'replay'): AssertionSuite {
  // By replay, the tests of JavaScript are a script as they are published, with what they import.
  const replayed = mode === 'replay' && language === 'javascript'
  const { trusted, script } = replayed
    ? { trusted: 'function add(a, b) {\n', script: `const assert = require('node:assert')\n${nodeTests}` }
    : tests[language]
  return {
    kind: 'assertions',
    trusted,
    script,
    entryPoint: 'add',
    ...(mode || language === 'typescript' ? { mode: 'replay' } : {}),
  }
}

function files(folder: string, language: CorpusLanguage): { name: string; code: string }[] {
  const extension = extensions[language]
  const at = new URL(`./${folder}/`, import.meta.url)
  return readdirSync(at)
    .filter((file) => file.endsWith(extension))
    .sort()
    .map((file) => ({ name: file.slice(0, -extension.length), code: readFileSync(new URL(file, at), 'utf8') }))
}

/** `key: value` comments before the first line that is no comment. */
function headerOf(code: string): Map<string, string> {
  const header = new Map<string, string>()
  for (const line of code
    .replace(/^\uFEFF/, '')
    .replace(/^<\?php\n/, '')
    .split(/\r?\n/)) {
    const match = /^(?:#|\/\/|--|;;) ([a-z]+): (.+)$/.exec(line)
    if (match === null) break
    header.set(match[1] ?? '', match[2] ?? '')
  }
  return header
}

function isFailure(kind: string): kind is VerdictKind {
  return kind !== 'passed' && kind !== 'infrastructure' && (verdictKinds as readonly string[]).includes(kind)
}

function badFixture(language: string, name: string, wanted: string): BadDataError {
  return new BadDataError(`The ${language} fixture ${name} lacks a proper header: its first lines must hold ${wanted}.`)
}
