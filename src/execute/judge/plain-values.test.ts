import { describe, expect, it } from 'vitest'
import { languagesOfPlainValues, plainValue } from './plain-values.js'

const values: Readonly<Record<string, readonly string[]>> = {
  javascript: ['[[4, 1], [-2.5e3, "a\\"b"]]', "{1: undefined, a: null, 'b c': [true]}", '""', '(NaN)', "'it\\'s'"],
  typescript: ['{"x": ["y", 1]}'],
  python: ["{'a': (1, 2.5), 'b': None}", 'set()', "'x' * 3", '[True, -1]\n', '"#not a comment"'],
  ruby: ['{"a" => [1, nil], b: :c}', "'#{x}'", '"\\#{x}"', '"#x"', "'a' + 'b'"],
  php: ['array("a" => array(1, 2.0), 3 => null)', '["x"]', "'$x'", '"\\$x"', '"5$"', '"$5"'],
  go: ['[]interface{}{"c", map[string]int{"e": 1}}', "'a'", '[]int{-4, -5}', '"a`b"'],
  rust: [
    ...['vec![String::from("a"), "b".to_string()]', 'Vec::<isize>::new()', '(4isize, 1i64, -2)', "'x'", '"two\nlines"'],
    ...['HashMap::from([(String::from("a"), vec![1, 2])])', 'Some(true)'],
  ],
  java: [
    '(new ArrayList<Long>(Arrays.asList((long)1l, (long)-3l)))',
    '(new HashMap<String,ArrayList<String>>(Map.of("foo", new ArrayList<String>(Arrays.asList((String)"bar")))))',
    '(Pair<Long, Long>)Pair.with(4l, 1l)',
    '"\\u00e4"',
  ],
  cpp: [
    '(std::vector<std::tuple<long, long>>({(std::tuple<long, long>)std::make_tuple(4, 1)}))',
    '(std::map<std::string,long>({{"11", 52}, {"65", -34}}))',
    '(std::make_tuple(0, "x"))',
    '("a // b")',
  ],
}

/** For each language: what a candidate could try in place of a value. */
const everywhere = [
  '',
  'f(1)',
  '1; exit(0)',
  '1) || (1',
  '1)',
  '(1',
  '1 // x',
  '1 /* x',
  '1 == 1',
  '"a',
  '"a\\"',
  '`x`',
  '1 ? 1 : 1',
  '"a"(1)',
  '["a"](1)',
]
const attacks: Readonly<Record<string, readonly string[]>> = {
  javascript: [
    'process.exit(0)',
    'candidate',
    '{valueOf() { return 1 }}',
    '{get a() {}}',
    '/a/',
    '...[1]',
    '1 <!-- x',
    '{__proto__: []}',
    '() => 1',
    'x=1',
    "'a\nb'",
    '1, 2',
  ],
  typescript: ['1 as any', '`\u0024{f()}`'],
  python: [
    "f'{exit()}'",
    '[exit() for x in 1]',
    'lambda: 1',
    "eval('1')",
    '1 # x',
    '1 if 1 else 1',
    "__import__('os')",
    "'a\nb'",
    '1 or 1',
  ],
  ruby: [
    '"#{exit}"',
    '"#$0"',
    '"#@x"',
    '"\\\\#{exit}"',
    '%w[a]',
    '`true`',
    'exit',
    '1; 2',
    '{a: exit}',
    '{a:exit}',
    '{"a":exit}',
    'exit :a',
    '[exit : 1]',
    '<<A',
    '->{}',
    '{exit:}',
    '{exit: , a: 1}',
    '[exit:]',
    'exit:',
  ],
  php: [
    '"$x"',
    '"{$x}"',
    '"\u0024{x}"',
    '"\\\\$x"',
    '"\\{$x}"',
    'exit',
    '?>',
    'candidate(1)',
    'fn() => 1',
    '1 # x',
    '<<<A',
    "'pcntl_exec'('/bin/true')",
    "['pcntl_exec'][0]('/bin/true')",
    "('pcntl_exec') ('/bin/true')",
    "array('A', 'b')(1)",
  ],
  go: ['os.Exit(0)', 'func() int { return 1 }()', '<-c', '*p', '"a\nb"', '"a", expected: "a"', 'struct{}{}'],
  rust: ['std::process::exit(0)', 'panic!()', '{ return }', 'include_str!("x")', '|x| x', 'r"a"', 'vec', 'loop {}'],
  java: [
    ...[
      '"\\u0022.equals(\\u0022"',
      "'\\u0027'",
      '"\\uu0022"',
      'System.exit(0)',
      'new Object() { public boolean equals(Object o) { return true; } }',
    ],
    ...['f("x")', '"""\na"""'],
  ],
  cpp: [
    'exit(0)',
    'f("x")',
    '[]{ return 1; }()',
    'R"(x)"',
    '"x"s',
    'std::any(1)',
    '1 && 1',
    '#define x',
    '*x',
    'candidate(1)',
  ],
}

describe.each(languagesOfPlainValues)('plain values of %s', (language) => {
  it.each(values[language] ?? [])('%j is one', (text) => {
    expect(plainValue(text, language)).toEqual({ value: expect.any(String) })
  })

  it.each([...everywhere, ...(attacks[language] ?? [])])('%j is none', (text) => {
    expect(plainValue(text, language)).toEqual({ fault: expect.any(String) })
  })

  it('are one, unless several are asked for; line breaks between them are nothing', () => {
    expect(plainValue('1, "a"', language)).toEqual({ fault: 'it is more than one value' })
    expect(plainValue('1,\n "a"', language, true)).toEqual({ value: '1, "a"' })
    expect(plainValue('1), (2', language, true)).toHaveProperty('fault')
  })
})

it('a language whose values are not known is no language without rules', () => {
  expect(() => plainValue('1', 'cobol')).toThrow(RangeError)
})
