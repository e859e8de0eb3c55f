/** C and C++ beyond what every language must do: exceptions, what a trap means, limits of the compiler, compiling once. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { limitsFrom, type Limits, type Program } from '../../../kernel/index.js'
import { Clang } from './clang.js'
import { testIsolation } from './fixture.js'
import { probeHardening } from './flags.js'

// The first program makes what all others use.
vi.setConfig({ testTimeout: 600_000 })

let flags: readonly string[]
let clang: Clang
beforeAll(async () => {
  flags = (await probeHardening()).flags
  clang = new Clang(flags, 1, testIsolation)
}, 60_000)
afterAll(() => clang.close())

const file: Record<string, string> = { c: 'main.c', cpp: 'main.cpp', cpp20: 'main.cpp' }
const programOf = (language: string, source: string, more: Partial<Program> = {}): Program => ({
  language,
  entry: file[language] ?? '',
  ...more,
  files: { [file[language] ?? '']: source, ...more.files },
})
const limits = (some: Partial<Limits> = {}) => limitsFrom({ cpuSeconds: 10, wallSeconds: 300, memoryMb: 256, ...some })
const run = (language: string, source: string, some: Partial<Limits> = {}) =>
  clang.run(programOf(language, source), limits(some))

const thrown: [string, string, string][] = [
  [
    'by type and by base',
    'try { throw std::out_of_range("x"); } catch (const std::runtime_error &) { p("no"); } catch (const std::logic_error &e) { p(e.what()); }',
    'x',
  ],
  ['a number, as its own type', 'try { throw 3; } catch (long) { p("long"); } catch (int i) { p(i); }', '3'],
  [
    'a pointer as a pointer to its base',
    'struct A { virtual ~A() {} }; struct B : A {}; try { throw new B; } catch (A *a) { p(a != nullptr); }',
    '1',
  ],
  [
    'of a virtual base',
    'struct A { int n = 4; virtual ~A() {} }; struct B : virtual A {}; struct C : virtual A {}; struct D : B, C {}; try { throw D(); } catch (A &a) { p(a.n); }',
    '4',
  ],
  ['anything', 'try { throw std::string("s"); } catch (...) { p("any"); }', 'any'],
  [
    'again, changed',
    'struct E { int n; }; try { try { throw E{1}; } catch (E &e) { e.n = 9; throw; } } catch (const E &e) { p(e.n); }',
    '9',
  ],
  ['another from a handler', 'try { try { throw 1; } catch (int) { throw 2.5; } } catch (double d) { p(d); }', '2.5'],
  [
    'through frames, which are cleaned up in order',
    'struct N { int n; ~N() { p(n); } }; auto f = [](auto &f, int n) -> void { N a{n}; if (n == 0) throw 1; f(f, n - 1); }; try { f(f, 2); } catch (int) { p("end"); }',
    '0 1 2 end',
  ],
  [
    'kept and thrown twice',
    'std::exception_ptr e; try { throw 7; } catch (...) { e = std::current_exception(); } for (int i = 0; i < 2; i++) try { std::rethrow_exception(e); } catch (int n) { p(n); }',
    '7 7',
  ],
  [
    'kept, thrown within its own handler',
    'try { throw 1; } catch (int) { auto e = std::current_exception(); try { throw 2; } catch (int) { try { std::rethrow_exception(e); } catch (int n) { p(n); } } p("out"); }',
    '1 out',
  ],
  [
    'made without throwing',
    'auto e = std::make_exception_ptr(std::logic_error("m")); try { std::rethrow_exception(e); } catch (std::logic_error &x) { p(x.what()); }',
    'm',
  ],
  [
    'nested',
    'try { try { throw 1; } catch (...) { std::throw_with_nested(std::runtime_error("o")); } } catch (std::exception &e) { p(e.what()); try { std::rethrow_if_nested(e); } catch (int n) { p(n); } }',
    'o 1',
  ],
  [
    'by the library: stoi',
    'try { (void)std::stoi("abc"); } catch (std::invalid_argument &) { p("invalid"); } try { (void)std::stoi("99999999999"); } catch (std::out_of_range &) { p("range"); }',
    'invalid range',
  ],
  [
    'by the library: at, substr, map, optional, variant, function, any',
    'int n = 0; std::vector<int> v; std::string s; std::map<int, int> m; std::optional<int> o; std::variant<int, char> w; std::function<void()> f; std::any a = 1; try { v.at(1); } catch (std::out_of_range &) { n++; } try { s = s.substr(1); } catch (std::out_of_range &) { n++; } try { m.at(1); } catch (std::out_of_range &) { n++; } try { (void)o.value(); } catch (std::bad_optional_access &) { n++; } try { (void)std::get<char>(w); } catch (std::bad_variant_access &) { n++; } try { f(); } catch (std::bad_function_call &) { n++; } try { (void)std::any_cast<char>(a); } catch (std::bad_any_cast &) { n++; } p(n);',
    '7',
  ],
  [
    'by the library: new, dynamic_cast, typeid, regex',
    'volatile size_t big = 1u << 30; try { char *volatile c = new char[big]; (void)c; } catch (std::bad_alloc &) { p("alloc"); } struct A { virtual ~A() {} }; struct B : A {}; A a; A *volatile q = &a; try { (void)dynamic_cast<B &>(*q); } catch (std::bad_cast &) { p("cast"); } q = nullptr; try { std::regex r("("); } catch (std::regex_error &) { p("regex"); }',
    'alloc cast regex',
  ],
  [
    'by streams',
    'std::istringstream i("x"); i.exceptions(std::ios::failbit); int n; try { i >> n; } catch (std::ios_base::failure &) { p("failure"); }',
    'failure',
  ],
  [
    'not: nothrow new',
    'volatile size_t big = 1u << 30; char *volatile c = new (std::nothrow) char[big]; p(c == nullptr);',
    '1',
  ],
  [
    'counted while they fly',
    'struct N { ~N() { p(std::uncaught_exceptions()); } }; try { N n; throw 1; } catch (int) { p(std::uncaught_exceptions()); }',
    '1 0',
  ],
  [
    'from a constructor, whose members are destroyed',
    'struct M { ~M() { p("m"); } }; struct T { M m; T() { throw 1; } ~T() { p("never"); } }; try { T t; } catch (int) { p("c"); }',
    'm c',
  ],
]
describe('C++ exceptions', () => {
  it.each(thrown)('%s', async (_name, body, expected) => {
    const source = `#include <bits/stdc++.h>\nbool first = true;\ntemplate <class T> void p(const T &t) { std::cout << (first ? "" : " ") << t << std::flush; first = false; }\nint main() { ${body} }`
    const done = await run('cpp', source)
    expect(done, done.stderr).toMatchObject({ outcome: 'ok', stdout: expected })
  })

  it.each([
    ['in main', 'throw std::runtime_error("text");', /instance of 'std::runtime_error'\n {2}what\(\): {2}text/],
    ['that is no exception', 'throw 5;', /instance of 'int'\n$/],
    ['out of a function that promises none', 'auto f = []() noexcept { throw 1; }; f();', /instance of 'int'/],
    [
      'in a destructor while another flies',
      'struct N { ~N() noexcept(false) { throw 2; } }; N n; throw 1;',
      /terminate called/,
    ],
  ])('nobody catches: %s', async (_name, body, message) => {
    const done = await run('cpp', `#include <stdexcept>\nint main() { ${body} }`)
    expect(done).toMatchObject({ outcome: 'runtime-error', signal: 'SIGABRT', exitCode: null })
    expect(done.stderr).toMatch(message)
  })
})

describe('the end of a program', () => {
  it.each([
    ['a null pointer', 'int *volatile p = 0; printf("%d", *p);', 'SIGSEGV'],
    ['a member of a null pointer', 'struct S { int a, b; } *volatile s = 0; s->b = 1;', 'SIGSEGV'],
    ['memory that is not there', 'volatile int *p = (int *)0xfffffff0u; printf("%d", *p);', 'SIGSEGV'],
    ['recursion without end', 'printf("%d", endless(argc));', 'SIGSEGV'],
    ['a function of another type', 'void *volatile f = (void *)puts; ((int (*)(int, int, int))f)(1, 2, 3);', 'SIGSEGV'],
    ['division by zero', 'volatile int zero = argc - 1; printf("%d", argc * 100 / zero);', 'SIGFPE'],
    ['abort', 'abort();', 'SIGABRT'],
    ['__builtin_trap', '__builtin_trap();', 'SIGSEGV'],
  ])('%s', async (_name, body, signal) => {
    const source = `#include <stdio.h>\n#include <stdlib.h>\nint endless(int n) { volatile int a[20]; a[n % 20] = n; return endless(n + 1) + a[0]; }\nint main(int argc, char **argv) { ${body} return 0; }`
    expect(await run('c', source)).toMatchObject({ outcome: 'runtime-error', signal, exitCode: null })
  })

  it('a program that takes no for an answer to malloc is fine', async () => {
    const source =
      '#include <stdlib.h>\n#include <stdio.h>\nint main(void) { void *volatile p = malloc(2000000000); puts(p ? "got" : "refused"); return 0; }'
    expect(await run('c', source)).toMatchObject({ outcome: 'ok', stdout: 'refused\n' })
  })

  it('static data beyond the limit does not start', async () => {
    const source = 'static char big[300 << 20];\nint main(int argc, char **argv) { big[argc] = 1; return big[0]; }'
    expect(await run('c', source)).toMatchObject({ outcome: 'memory-limit' })
  })

  it('files beyond the disk limit are refused, and end with the program', async () => {
    const source =
      '#include <stdio.h>\nint main(void) { FILE *f = fopen("f", "r"); if (f) { puts("left over"); return 0; } f = fopen("f", "w"); static char b[1 << 20]; for (int i = 0; i < 9; i++) if (!fwrite(b, sizeof b, 1, f)) { printf("full at %d\\n", i); return 0; } puts("all"); }'
    for (let turn = 0; turn < 2; turn++)
      expect(await run('c', source, { diskMb: 4 })).toMatchObject({ outcome: 'ok', stdout: 'full at 4\n' })
  })

  it('deep recursion holds', async () => {
    const source =
      '#include <stdio.h>\nint depth(int n) { return n ? 1 + depth(n - 1) % 1000003 : 0; }\nint main(void) { printf("%d\\n", depth(100000)); }'
    expect(await run('c', source)).toMatchObject({ outcome: 'ok', stdout: '100000\n' })
  })

  it('longjmp, signals of its own, clocks and long doubles work', async () => {
    const source =
      '#include <setjmp.h>\n#include <signal.h>\n#include <stdio.h>\n#include <time.h>\nstatic jmp_buf b;\nstatic void h(int s) { printf("%d ", s == SIGUSR1); }\nint main(void) { int r = setjmp(b); printf("%d ", r); if (!r) longjmp(b, 3); signal(SIGUSR1, h); raise(SIGUSR1); printf("%d %.1Lf\\n", clock() >= 0 && time(0) > 1600000000, 1.5L); }'
    expect(await run('c', source)).toMatchObject({ outcome: 'ok', stdout: '0 3 1 1 1.5\n' })
  })
})

describe('compiling', () => {
  it('knows the standards apart', async () => {
    const source = '#include <version>\n#include <iostream>\nint main() { std::cout << __cplusplus / 100; }'
    expect(await run('cpp', source)).toMatchObject({ outcome: 'ok', stdout: '2017' })
    expect(await run('cpp20', source)).toMatchObject({ outcome: 'ok', stdout: '2020' })
    expect(
      await run(
        'cpp20',
        '#include <format>\n#include <ranges>\n#include <iostream>\nint main() { for (int i : std::views::iota(1, 3)) std::cout << std::format("{:02} ", i); }',
      ),
    ).toMatchObject({ stdout: '01 02 ' })
  })

  it('names of a program may be those of headers it does not include', async () => {
    const source =
      '#include <cstdio>\nusing namespace std;\nint lerp(int a, int b, int t) { return a + (b - a) * t; }\nstruct queue { int size = 3; };\nstruct plus { int n = 4; };\nint main() { queue q; plus s; printf("%d %d %d", lerp(1, 2, 1), q.size, s.n); }'
    expect(await run('cpp20', source)).toMatchObject({ outcome: 'ok', stdout: '2 3 4' })
  })

  it('tells its time and what it had to say apart from the run', async () => {
    const done = await run('c', '#include <stdio.h>\nint main(void) { printf("%s\\n", 3); return 0; }')
    expect(done.compile).toMatchObject({ ok: true, stderr: expect.stringContaining('warning') })
    expect(done.compile?.cpuMs).toBeGreaterThan(0)
    expect(done.stderr).toBe('')
  })

  it('what does not link does not run', async () => {
    const done = await run('c', 'int missing(void);\nint main(void) { return missing(); }')
    expect(done).toMatchObject({ outcome: 'compile-error', exitCode: null })
    expect(done.stderr).toMatch(/undefined symbol: missing/)
  })

  it('a source that makes the compiler run for ever is a compile error, and the next one compiles', async () => {
    const source =
      'template <int N> struct T { static constexpr long v = T<N - 1>::v + T<N - 2>::v; };\ntemplate <int N> constexpr long f() { long s = 0; for (long i = 0; i < 9000000000; i++) s += i; return s; }\nconstexpr long x = f<1>();\nint main() { return x; }'
    const done = await run('cpp', source)
    expect(done.outcome).toBe('compile-error')
    expect(await run('c', 'int main(void) { return 0; }')).toMatchObject({ outcome: 'ok' })
  })

  it('one program with many inputs is compiled once', async () => {
    const source = '#include <stdio.h>\nint main(void) { int n; scanf("%d", &n); printf("%d\\n", n * n); }'
    const all = await Promise.all(
      [2, 3, 4].map((n) => clang.run({ ...programOf('c', source), stdin: String(n) }, limits())),
    )
    expect(all.map(({ stdout }) => stdout)).toEqual(['4\n', '9\n', '16\n'])
    expect(all.map(({ compile }) => compile?.cached)).toEqual([false, true, true])
    expect(all[2]?.compile?.cpuMs).toBe(all[0]?.compile?.cpuMs)
  })

  it('works without a cache folder', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cupel-cache-'))
    const before = process.env.CUPEL_CACHE
    const alone = new Clang(flags, 1, testIsolation)
    try {
      writeFileSync(join(folder, 'file'), '')
      process.env.CUPEL_CACHE = join(folder, 'file', 'below a file')
      const source =
        '#include <stdexcept>\n#include <cstdio>\nint main() { try { throw std::runtime_error("r"); } catch (std::exception &e) { puts(e.what()); } }'
      expect(await alone.run(programOf('cpp', source), limits())).toMatchObject({ outcome: 'ok', stdout: 'r\n' })
    } finally {
      if (before === undefined) delete process.env.CUPEL_CACHE
      else process.env.CUPEL_CACHE = before
      await alone.close()
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
