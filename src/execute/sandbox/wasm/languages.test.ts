/** What every language of this level must do that only runs whole programs; the ways out are in escapes.test.ts. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { limitsFrom, type Limits, type Program } from '../../../kernel/index.js'
import { languages } from '../../languages/index.js'
import type { Engine } from '../engine.js'
import { openWasmEngine } from './engine.js'

// The first program of a language starts its interpreter; the first of C++ makes what all others use.
vi.setConfig({ testTimeout: 600_000 })

let engine: Engine
beforeAll(async () => {
  engine = await openWasmEngine({ workers: 1 })
}, 60_000)
afterAll(() => engine.close())

/** Source of the entry, or several files of which the first is the entry. */
type Source = string | Readonly<Record<string, string>>

async function run(language: string, source: Source, more: Partial<Program> = {}, limits: Partial<Limits> = {}) {
  const file = languages.find(({ name }) => name === language)?.file ?? ''
  const files = typeof source === 'string' ? { [file]: source } : source
  const program = { language, files, entry: Object.keys(files)[0] ?? '', ...more }
  return engine.run(program, limitsFrom({ cpuSeconds: 10, wallSeconds: 300, memoryMb: 256, ...limits }))
}

interface Programs {
  /** Prints the sum of two numbers of the first line, then the second line, each argument and the variable WHO. */
  readonly input: Source
  /** Prints "started", then fails with an error nobody catches. */
  readonly error: Source
  readonly message: RegExp
  readonly exit: Source
  /** A mistake in the source after a statement that prints. */
  readonly refused?: Source
  /** Prints "started", then never ends. */
  readonly loop: Source
  readonly memory: Source
  readonly flood: Source
  /** Several files that use each other; prints 42. */
  readonly files: Source
}

const programs: Readonly<Record<string, Programs>> = {
  c: {
    input: `#include <stdio.h>
#include <stdlib.h>
#include <string.h>
int main(int argc, char **argv) {
  int a, b; char line[99];
  scanf("%d %d\\n", &a, &b); fgets(line, 99, stdin);
  printf("%d %s", a + b, line);
  for (int i = 1; i < argc; i++) puts(argv[i]);
  puts(getenv("WHO"));
}`,
    error:
      '#include <stdio.h>\n#include <assert.h>\nint main(int c, char **v) { puts("started"); fflush(stdout); assert(c > 9); }',
    message: /Assertion failed/,
    exit: 'int main(void) { return 7; }',
    refused: '#include <stdio.h>\nint main(void) { puts("started"); int x = ; }',
    loop: '#include <stdio.h>\nint main(void) { puts("started"); fflush(stdout); for (;;); }',
    memory:
      '#include <stdlib.h>\n#include <string.h>\nint main(void) { for (;;) { char *p = malloc(1 << 20); if (!p) return 1; memset(p, 1, 1 << 20); } }',
    flood: '#include <stdio.h>\nint main(void) { for (;;) puts("again and again"); }',
    files: {
      'main.c': '#include <stdio.h>\n#include "lib/twice.h"\nint main(void) { printf("%d\\n", twice(21)); }',
      'lib/twice.h': 'int twice(int);',
      'lib/twice.c': '#include "twice.h"\n#include "body.c"',
      'lib/body.c': 'int twice(int x) { return 2 * x; }',
    },
  },
  cpp: {
    input: `#include <iostream>
#include <string>
#include <cstdlib>
int main(int argc, char **argv) {
  int a, b; std::string line;
  std::cin >> a >> b >> std::ws; std::getline(std::cin, line);
  std::cout << a + b << " " << line << "\\n";
  for (int i = 1; i < argc; i++) std::cout << argv[i] << std::endl;
  std::cout << std::getenv("WHO") << std::endl;
}`,
    error:
      '#include <iostream>\n#include <vector>\nint main() { std::cout << "started" << std::endl; std::vector<int> v; return v.at(3); }',
    message: /terminate called after throwing an instance of 'std::out_of_range'\n {2}what\(\): /,
    exit: '#include <cstdlib>\nstruct D { ~D() { abort(); } };\nint main() { D d; std::exit(7); }',
    refused: '#include <iostream>\nint main() { std::cout << "started" << std::endl; std::string s = 3 }',
    loop: '#include <iostream>\nint main() { std::cout << "started" << std::endl; for (volatile int i = 0;; i = i + 1); }',
    memory:
      '#include <vector>\n#include <string>\nint main() { std::vector<std::string> v; for (;;) v.push_back(std::string(1000000, 120)); }',
    flood: '#include <iostream>\nint main() { for (;;) std::cout << "again and again" << std::endl; }',
    files: {
      'main.cpp': '#include <iostream>\n#include "twice.hpp"\nint main() { std::cout << twice(21) << std::endl; }',
      'twice.hpp': '#pragma once\nint twice(int x);',
      'twice.cpp': '#include "twice.hpp"\nint twice(int x) { return 2 * x; }',
    },
  },
  ruby: {
    input: 'a, b = $stdin.gets.split.map(&:to_i)\nputs "#{a + b} #{$stdin.gets}", ARGV, ENV["WHO"]',
    error: 'puts "started"\nnil.no_such_method',
    message: /^main\.rb:2:in '<main>': undefined method 'no_such_method' for nil \(NoMethodError\)\n(?![\s\S]*cupel)/,
    exit: 'at_exit { exit 7 }',
    refused: 'puts "started"\ndef f(',
    loop: 'puts "started"\n$stdout.flush\nloop {}',
    memory: 'a = []\nloop { a << "x" * 1_000_000 }',
    flood: 'loop { puts "again and again" }',
    files: {
      'main.rb': 'require_relative "lib/twice"\nputs twice(DATA.read.to_i) if __FILE__ == $0\n__END__\n21\n',
      'lib/twice.rb': 'require "json"\ndef twice(x) = JSON.parse(x.to_s) * 2',
    },
  },
  perl: {
    input: 'my ($a, $b) = split " ", <STDIN>; print $a + $b, " ", scalar <STDIN>, map { "$_\\n" } @ARGV, $ENV{WHO};',
    error: 'print "started\\n";\ndie "nobody catches this";',
    message: /^nobody catches this at main\.pl line 2\.\n$/,
    exit: 'exit 7',
    refused: 'print "started\\n"; my $x = (;',
    loop: '$| = 1; print "started\\n"; while (1) {}',
    memory: 'my @a; push @a, "x" x 1_000_000 while 1;',
    flood: 'print "again and again\\n" while 1',
    files: {
      'main.pl':
        'use lib "lib"; use Twice; require "./more.pl"; print Twice::twice(twenty() + <DATA>), "\\n";\n__DATA__\n1\n',
      'lib/Twice.pm': 'package Twice; sub twice { 2 * shift } 1;',
      'more.pl': 'sub twenty { 20 } 1;',
    },
  },
  php: {
    input:
      '<?php fscanf(STDIN, "%d %d", $a, $b); echo $a + $b, " ", fgets(STDIN); foreach (array_slice($argv, 1) as $x) echo "$x\\n"; echo getenv("WHO");',
    error: '<?php\necho "started\\n";\nthrow new LogicException("nobody catches this");',
    message: /Uncaught LogicException: nobody catches this in \/program\/main\.php:3/,
    exit: '<?php exit(7);',
    refused: '<?php echo "started\\n"; if (',
    loop: '<?php echo "started\\n"; while (true);',
    memory: '<?php $a = []; while (true) $a[] = str_repeat("x", 1000000);',
    flood: '<?php while (true) echo "again and again\\n";',
    files: {
      'main.php': '<?php declare(strict_types=1); require "lib/twice.php"; echo twice(21), "\\n";',
      'lib/twice.php': '<?php require_once __DIR__ . "/../two.php"; function twice(int $x): int { return TWO * $x; }',
      'two.php': '<?php const TWO = 2;',
    },
  },
  prolog: {
    input: `main :- read_line_to_string(user_input, Numbers), split_string(Numbers, " ", "", [First, Second]),
  number_string(A, First), number_string(B, Second), Sum is A + B, read_line_to_string(user_input, Line),
  format("~w ~w~n", [Sum, Line]), current_prolog_flag(argv, Words), forall(member(Word, Words), writeln(Word)),
  getenv('WHO', Who), writeln(Who).`,
    error: 'main :- writeln(started), X is foo + 1, writeln(X).',
    message: /`foo\/0' is not a function/,
    exit: ':- initialization(main).\nmain :- halt(7).',
    loop: 'main :- writeln(started), flush_output, loop.\nloop :- loop.',
    memory: 'main :- grow(X), writeln(X).\ngrow([a|T]) :- grow(T).',
    flood: "main :- writeln('again and again'), main.",
    files: {
      'main.pl': ':- use_module(lib/twice).\n:- [more].\nmain :- more(X), twice(X, Y), writeln(Y).',
      'lib/twice.pl': ':- module(twice, [twice/2]).\ntwice(X, Y) :- Y is 2 * X.',
      'more.pl': 'more(21).',
    },
  },
  coffeescript: {
    input:
      '[first, line] = require("fs").readFileSync(0, "utf8").split "\\n"\n[a, b] = first.split(" ").map Number\nconsole.log a + b, line\nconsole.log word for word in process.argv[2..]\nconsole.log process.env.WHO',
    error: 'console.log "started"\nnull.x',
    message: /TypeError: .*null[\s\S]*main\.coffee/,
    exit: 'process.exit 7',
    refused: 'console.log "started"\nf = (x ->',
    loop: 'console.log "started"\nloop 1',
    memory: 'a = []\nloop a.push new Array(100000).fill 1',
    flood: 'loop console.log "again and again"',
    files: {
      'main.coffee': '{ twice } = require "./lib/twice"\nconsole.log twice 21',
      'lib/twice.coffee': '{ two } = require "../two"\nexports.twice = (x) -> x * two',
      'two.js': 'exports.two = 2',
    },
  },
}

describe.each(Object.entries(programs))('%s', (language, source) => {
  it('reads standard input, arguments and the environment', async () => {
    const more = { stdin: '20 22\nhéllo ✓ 日本\n', args: ['a b', '-x', 'ü'], env: { WHO: 'me' } }
    const done = await run(language, source.input, more)
    expect(done, done.stderr).toMatchObject({ outcome: 'ok', exitCode: 0 })
    expect(done.stdout.trimEnd()).toBe('42 héllo ✓ 日本\na b\n-x\nü\nme')
    expect(done.cpuMs).toBeGreaterThan(0)
    expect(done.peakBytes).toBeGreaterThan(0)
  })

  it('fails with an error nobody catches, after what it printed', async () => {
    const done = await run(language, source.error)
    expect(done).toMatchObject({ outcome: 'runtime-error', stdout: 'started\n' })
    expect(done.stderr).toMatch(source.message)
  })

  it('gives its exit code', async () => {
    expect(await run(language, source.exit)).toMatchObject({ outcome: 'runtime-error', exitCode: 7, signal: null })
  })

  it('is stopped at its CPU limit, with what it printed before', async () => {
    const done = await run(language, source.loop, {}, { cpuSeconds: 1 })
    expect(done).toMatchObject({ outcome: 'time-limit', stdout: 'started\n' })
  })

  it('is stopped at its memory limit', async () => {
    const done = await run(language, source.memory, {}, { cpuSeconds: 60 })
    expect(done, done.stderr).toMatchObject({ outcome: 'memory-limit' })
  })

  it('is stopped at its output limit', async () => {
    const done = await run(language, source.flood, {}, { cpuSeconds: 60, outputBytes: 50_000 })
    expect(done.outcome).toBe('output-limit')
    expect(done.stdout.length).toBeLessThanOrEqual(50_000)
    expect(done.stdout).toContain('again and again')
  })

  it('uses its other files', async () => {
    const done = await run(language, source.files)
    expect(done, done.stderr).toMatchObject({ outcome: 'ok', stdout: '42\n' })
  })

  it('leaves nothing to the next program', async () => {
    const first = await run(language, source.input, { stdin: '1 2\nx\n', args: ['first'], env: { WHO: 'first' } })
    const second = await run(language, source.input, { stdin: '3 4\ny\n', args: ['second'], env: { WHO: 'second' } })
    expect(first.stdout.trimEnd()).toBe('3 x\nfirst\nfirst')
    expect(second.stdout.trimEnd()).toBe('7 y\nsecond\nsecond')
  })
})

/** Prolog reads and runs a file clause by clause. */
const refused = Object.entries(programs).flatMap(([language, { refused }]) =>
  refused ? [[language, refused] as const] : [],
)
it.each(refused)('%s says why it does not compile, and runs nothing of it', async (language, source) => {
  const done = await run(language, source)
  expect(done).toMatchObject({ outcome: 'compile-error', stdout: '', compile: { ok: false } })
  expect(done.stderr).toMatch(/main\.\w+/)
})

const files: [string, Source][] = [
  [
    'python',
    {
      'main.py': 'from lib.twice import twice\nprint(twice(21))',
      'lib/__init__.py': '',
      'lib/twice.py': 'def twice(x): return 2 * x',
    },
  ],
  [
    'javascript',
    {
      'main.js': 'import { twice } from "./lib/twice.js"\nconsole.log(twice(21))',
      'lib/twice.js': 'const { two } = require("../two")\nexports.twice = (x) => two * x',
      'two.js': 'exports.two = 2',
    },
  ],
  [
    'typescript',
    {
      'main.ts': 'import { twice } from "./lib/twice"\nconsole.log(twice(21))',
      'lib/twice.ts': 'export const twice = (x: number): number => 2 * x',
    },
  ],
  [
    'lua',
    {
      'main.lua': 'local t = require("lib.twice")\nprint(t.twice(21))',
      'lib/twice.lua': 'return { twice = function(x) return 2 * x end }',
    },
  ],
]
it.each(files)('%s uses its other files', async (language, source) => {
  expect(await run(language, source)).toMatchObject({ outcome: 'ok', stdout: '42\n' })
})

const left: [string, Source][] = [
  [
    'c',
    '#include <stdio.h>\n#include <sys/stat.h>\nint main(void) { mkdir("d", 0777); FILE *f = fopen("d/out.txt", "w"); fputs("made", f); fclose(f); fopen("/tmp/x", "w"); }',
  ],
  ['ruby', 'Dir.mkdir("d"); File.write("d/out.txt", "made"); File.write("/tmp/x", "x")'],
  ['perl', 'mkdir "d"; open(my $f, ">", "d/out.txt"); print $f "made"; close $f; open(my $g, ">", "/tmp/x");'],
  ['php', '<?php mkdir("d"); file_put_contents("d/out.txt", "made"); file_put_contents("/tmp/x", "x");'],
  ['prolog', "main :- make_directory(d), open('d/out.txt', write, S), write(S, made), close(S)."],
]
it.each(left)('%s gives back the files it made, if it is asked to', async (language, source) => {
  const done = await run(language, source, { collect: true })
  expect(done, done.stderr).toMatchObject({ outcome: 'ok', files: [{ path: 'd/out.txt', bytes: 4, text: 'made' }] })
  expect((await run(language, source)).files).toBeUndefined()
})

const filling: [string, Source][] = [
  [
    'ruby',
    'begin; File.open("f", "w") { |f| 20.times { f.write("x" * 1_000_000) } }; puts "all"; rescue Errno::ENOSPC; puts "full"; end',
  ],
  [
    'perl',
    'open(my $f, ">", "f"); for (1 .. 20) { print $f "x" x 1_000_000 or last } close($f) ? print "all\n" : print "full\n"',
  ],
  [
    'php',
    '<?php for ($i = 0; $i < 20; $i++) if (@file_put_contents("f", str_repeat("x", 1000000), FILE_APPEND) !== 1000000) die("full\n"); echo "all\n";',
  ],
  [
    'prolog',
    'main :- catch((open(f, write, S), forall(between(1, 2000000, _), write(S, xxxxxxxxxx)), close(S), writeln(all)), error(io_error(_, _), _), writeln(full)).',
  ],
]
it.each(filling)('%s fills no more than its disk', async (language, source) => {
  const done = await run(language, source, {}, { diskMb: 8, cpuSeconds: 60 })
  expect(done.stdout, done.stderr).toBe('full\n')
})

it('work that is given up ends', async () => {
  const giveUp = new AbortController()
  const program = { language: 'ruby', files: { 'main.rb': '$stdout.sync = true\nputs 1\nloop {}' }, entry: 'main.rb' }
  const running = engine.run(program, limitsFrom({ cpuSeconds: 100, wallSeconds: 300 }), giveUp.signal)
  setTimeout(() => giveUp.abort(new Error('given up')), 3000)
  await expect(running).rejects.toThrow('given up')
  expect(await run('ruby', 'puts 2')).toMatchObject({ outcome: 'ok', stdout: '2\n' })
})

it('Lua gets each of its arguments', async () => {
  const done = await run('lua', 'print(#arg, table.concat(arg, "|"))', { args: ['a b', '', 'ü'] })
  expect(done.stdout).toBe('3\ta b||ü\n')
})

it('every language that runs here has been tested by name', () => {
  // The others: engine.test.ts, python-run.test.ts, javascript-run.test.ts, escapes.test.ts, clang.test.ts.
  const elsewhere = ['javascript', 'lua', 'python', 'sql', 'typescript', 'wat', 'cpp20']
  const here = languages.filter(({ wasm }) => wasm !== undefined).map(({ name }) => name)
  expect(here.filter((name) => !(name in programs) && !elsewhere.includes(name))).toEqual([])
})
