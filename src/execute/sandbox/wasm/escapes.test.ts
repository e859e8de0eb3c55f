/**
 * Ways out of each engine, each tried for real; Python's are in python-escapes.test.ts. `{outside}` is a file of the host,
 * `{folder}` the folder it is in, `{port}` a server that listens, `{parent}` Cupel's process.
 */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { limitsFrom } from '../../../kernel/index.js'
import { languages } from '../../languages/index.js'
import type { Engine } from '../engine.js'
import { openWasmEngine } from './engine.js'

const secret = 'the-secret-of-the-host'
// The first program of a language starts its interpreter; the first of C++ makes what all others use.
vi.setConfig({ testTimeout: 600_000 })

let engine: Engine
let folder: string
let server: Server
let connections = 0

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cupel-escape-'))
  writeFileSync(join(folder, 'secret.txt'), secret)
  process.env.CUPEL_TEST_SECRET = secret
  server = createServer((socket) => {
    connections++
    socket.end(secret)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  engine = await openWasmEngine({ workers: 1 })
}, 60_000)
afterAll(async () => {
  delete process.env.CUPEL_TEST_SECRET
  await engine.close()
  await new Promise((resolve) => server.close(resolve))
  rmSync(folder, { recursive: true, force: true })
})

/** Way, program, and what shows that it was tried and refused rather than not reached. */
type Escape = readonly [string, string, RegExp]

const wasiCalls = `
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#define CALL(name, ...) __attribute__((import_module("wasi_snapshot_preview1"), import_name(#name))) int raw_##name(__VA_ARGS__)
CALL(path_open, int, int, const char *, int, int, uint64_t, uint64_t, int, int *);
CALL(fd_read, int, void *, int, int *);
CALL(fd_prestat_get, int, void *);
CALL(path_symlink, const char *, int, int, const char *, int);
CALL(path_rename, int, const char *, int, int, const char *, int);
CALL(sock_accept, int, int, int *);
CALL(proc_raise, int);
static void show(int from, const char *path) {
  int fd = -1, n = 0; char text[200] = {0}; struct { char *at; int size; } part = {text, 199};
  int failed = raw_path_open(from, 1, path, strlen(path), 0, ~0ull, ~0ull, 0, &fd);
  if (!failed) failed = raw_fd_read(fd, &part, 1, &n);
  printf("%s: %d %s\\n", path, failed, text);
}
`
const c: Escape[] = [
  [
    'host file',
    '#include <stdio.h>\nint main(void) { char b[99] = "none"; FILE *f = fopen("{outside}", "r"); if (f) fgets(b, 99, f); puts(b); }',
    /none/,
  ],
  [
    'host environment',
    '#include <stdio.h>\n#include <stdlib.h>\nint main(void) { extern char **environ; for (char **e = environ; *e; e++) puts(*e); puts(getenv("CUPEL_TEST_SECRET") ? "set" : "unset"); }',
    /^unset$/m,
  ],
  [
    'out of the root',
    `${wasiCalls}int main(void) { show(3, "../../../../../../{outside}"); show(3, "/proc/self/environ"); show(3, "{outside}"); }`,
    /environ: 44/,
  ],
  [
    'other descriptors',
    `${wasiCalls}int main(void) { char s[8]; for (int fd = 0; fd < 64; fd++) { if (!raw_fd_prestat_get(fd, s)) printf("preopen %d\\n", fd); show(fd, "{outside}"); } }`,
    /^preopen 3$(?![\s\S]*preopen [^3])/m,
  ],
  [
    'links out of the root',
    `${wasiCalls}int main(void) { printf("%d\\n", raw_path_symlink("../../../../..", 14, 3, "up", 2)); show(3, "up/{outside}"); raw_path_symlink("{folder}", strlen("{folder}"), 3, "in", 2); show(3, "in/secret.txt"); printf("%d\\n", raw_path_rename(3, "{outside}", strlen("{outside}"), 3, "x", 1)); }`,
    /^0\n[\s\S]*in\/secret\.txt: 44 /,
  ],
  [
    'sockets and signals',
    `${wasiCalls}int main(void) { int fd; printf("%d %d\\n", raw_sock_accept(3, 0, &fd), raw_proc_raise(9)); }`,
    /^52 52$/m,
  ],
  [
    'imports of its own',
    '__attribute__((import_module("node:fs"), import_name("readFileSync"))) int node_read(const char *);\nint main(void) { return node_read("{outside}"); }',
    /cannot be run/,
  ],
  [
    'memory outside of its own',
    '#include <stdio.h>\nint main(void) { volatile char *p = (char *)0xfffffff0u; puts("tried"); fflush(stdout); printf("%d", *p); }',
    /tried/,
  ],
  [
    'a command',
    '#include <stdlib.h>\n#include <stdio.h>\nint system(const char *);\nint main(void) { printf("%d\\n", system("cat {outside}")); }',
    /undefined symbol: system|error/,
  ],
  ['headers of the host', '#include "{outside}"\nint main(void) {}', /not found/],
  ['files of the host by the assembler', '__asm__(".incbin \\"{outside}\\"");\nint main(void) {}', /error/],
]
const ruby: Escape[] = [
  ['host file', 'begin; puts File.read("{outside}"); rescue SystemCallError => e; puts e.class; end', /ENOENT/],
  [
    'JavaScript',
    'require "js" rescue nil\nputs "tried"; $stdout.flush\nputs JS.eval("return process.env.CUPEL_TEST_SECRET")',
    /tried[\s\S]*(JavaScript cannot be reached|uninitialized constant)/,
  ],
  [
    'JavaScript by the extension',
    'Gem.paths; begin; require "js.so"; rescue LoadError; end; m = (JS rescue Object); p m; p m.global if m.respond_to?(:global)',
    /JavaScript cannot be reached|Object/,
  ],
  [
    'a command',
    '[-> { `cat {outside}` }, -> { system("cat {outside}") }, -> { spawn("cat {outside}") }, -> { fork { } }, -> { exec("cat", "{outside}") }, -> { IO.popen("cat {outside}").read }].each { |way| begin; puts way.call.inspect; rescue NotImplementedError, SystemCallError, ArgumentError => e; puts e.class; end }',
    /^(NotImplementedError|ArgumentError|Errno)/m,
  ],
  [
    'host environment',
    'puts ENV.to_h.inspect, ENV["CUPEL_TEST_SECRET"].inspect; begin; puts File.read("/proc/self/environ"); rescue SystemCallError => e; puts e.class; end',
    /^nil$[\s\S]*ENOENT/m,
  ],
  [
    'sockets',
    'begin; require "socket"; puts TCPSocket.new("127.0.0.1", {port}).read; rescue LoadError => e; puts e.class; end',
    /LoadError/,
  ],
  [
    'kill the parent',
    'begin; Process.kill(9, {parent}); rescue NotImplementedError, SystemCallError => e; puts e.class; end',
    /Error|Errno/,
  ],
  [
    'the starter',
    'p defined?(CupelStart), File.exist?("/dev/host"); File.write("/dev/host", "syntax") rescue p $!',
    /^nil$/m,
  ],
  [
    'write to the host',
    'begin; File.write("{folder}/written.txt", "x"); rescue SystemCallError => e; puts e.class; end',
    /ENOENT/,
  ],
]
const perl: Escape[] = [
  ['host file', 'open(my $f, "<", "{outside}") ? print <$f> : print "no: $!\\n";', /no: No such file/],
  [
    'a command',
    'print `cat {outside}` // "undef"; print system("cat {outside}"), "\\n"; open(my $p, "-|", "cat {outside}") or print "no: $!\\n"; exec "cat {outside}"; print "still here\\n"',
    /still here/,
  ],
  [
    'fork',
    'my $pid = eval { fork }; print defined $pid ? "forked" : "no: $@"',
    /no: The fork function is unimplemented/,
  ],
  [
    'host environment',
    'print join ",", map { "$_=$ENV{$_}" } sort keys %ENV; print "|", $ENV{CUPEL_TEST_SECRET} // "unset"',
    /unset/,
  ],
  ['functions of the host', 'print "tried\\n"; print eval { ZeroPerl::call_host_function(1) } // "no: $@"', /tried/],
  ['sockets', 'socket(my $s, 2, 1, 0) ? print "made" : print "no: $!"', /Unsupported socket function/],
  ['kill the parent', 'kill 9, {parent}; print "tried"', /tried/],
  ['write to the host', 'open(my $f, ">", "{folder}/written.txt") ? print $f "x" : print "no: $!"', /no: /],
  [
    'native code',
    'require DynaLoader; print DynaLoader::dl_load_file("/lib/x86_64-linux-gnu/libc.so.6") ? "loaded" : "no"',
    /Undefined subroutine/,
  ],
]
const php: Escape[] = [
  ['host file', '<?php var_dump(@file_get_contents("{outside}"));', /bool\(false\)/],
  [
    'JavaScript',
    '<?php echo "tried\\n"; var_dump(vrzno_eval("process.env.CUPEL_TEST_SECRET"));',
    /tried[\s\S]*JavaScript cannot be reached/,
  ],
  [
    'JavaScript by its objects',
    '<?php echo "tried\\n"; $w = new Vrzno(); var_dump($w->process->env);',
    /tried[\s\S]*JavaScript cannot be reached/,
  ],
  [
    'JavaScript, any function of the extension',
    '<?php foreach (get_extension_funcs("vrzno") as $f) { echo "$f\\n"; if ($f === $argv[0]) continue; try { var_dump($f("globalThis.process")); } catch (Error $e) { echo get_class($e), "\\n"; } }',
    /vrzno/,
  ],
  [
    'a database that is JavaScript',
    '<?php try { new PDO("pgsql:host=127.0.0.1"); } catch (Throwable $e) { echo "no"; } try { new PDO("pglite:x"); } catch (Throwable $e) { echo "no"; }',
    /no|JavaScript cannot/,
  ],
  [
    'a command',
    '<?php foreach (["shell_exec", "exec", "system", "passthru", "popen", "proc_open"] as $f) try { var_dump(@$f("cat {outside}", ...($f === "popen" ? ["r"] : ($f === "proc_open" ? [[], $p] : [])))); } catch (Throwable $e) { echo get_class($e), "\\n"; }',
    /false|NULL|Error/,
  ],
  [
    'host environment',
    '<?php var_dump(getenv("CUPEL_TEST_SECRET"), @file_get_contents("/proc/self/environ")); print_r($_ENV); print_r($_SERVER);',
    /bool\(false\)\nbool\(false\)/,
  ],
  [
    'sockets',
    '<?php var_dump(@fsockopen("127.0.0.1", {port}, $n, $text, 1)); var_dump(@stream_socket_client("tcp://127.0.0.1:{port}", $n, $text, 1)); var_dump(@file_get_contents("http://127.0.0.1:{port}/"));',
    /bool\(false\)/,
  ],
  [
    'a library of its own',
    '<?php file_put_contents("x.so", base64_decode("AGFzbQEAAAA=")); var_dump(@dl("x.so"));',
    /bool\(false\)/,
  ],
  ['write to the host', '<?php var_dump(@file_put_contents("{folder}/written.txt", "x"));', /bool\(false\)/],
]
const prolog: Escape[] = [
  [
    'host file',
    "main :- catch((open('{outside}', read, S), read_string(S, _, T), writeln(T)), E, (print(E), nl)).",
    /existence_error|does not exist|permission/,
  ],
  [
    'JavaScript',
    'main :- writeln(tried), flush_output, X := window.process.env, print(X).',
    /tried[\s\S]*JavaScript cannot be reached/,
  ],
  [
    'JavaScript by a script',
    'main :- writeln(tried), flush_output, _ := eval("globalThis.process").',
    /tried[\s\S]*JavaScript cannot be reached/,
  ],
  [
    'JavaScript by the predicates below',
    "main :- writeln(tried), flush_output, forall(member(G, [js_script('1', []), '$js_call'(a, b), system:js_call(a, b), wasm:js_call(prop(window), X)]), catch((call(G), print(G-X), nl), E, (print(E), nl))).",
    /tried/,
  ],
  [
    'a command',
    "main :- forall(member(G, [shell('cat {outside}'), shell('cat {outside}', _), (process_create(path(cat), ['{outside}'], []))]), catch((call(G) -> true ; true), E, (print(E), nl))), writeln(done).",
    /done/,
  ],
  ['host environment', "main :- (getenv('CUPEL_TEST_SECRET', S) -> writeln(S) ; writeln(unset)).", /unset/],
  [
    'native code',
    "main :- catch(load_foreign_library('/lib/x86_64-linux-gnu/libc.so.6'), E, (print(E), nl)).",
    /error/,
  ],
  [
    'sockets',
    "main :- catch((use_module(library(socket)), tcp_connect('127.0.0.1':{port}, S, []), read_string(S, _, T), writeln(T)), E, (print(E), nl)).",
    /error/,
  ],
  [
    'write to the host',
    "main :- catch((open('{folder}/written.txt', write, S), close(S)), E, (print(E), nl)).",
    /error/,
  ],
]
const coffeescript: Escape[] = [
  [
    'host file',
    'try console.log require("fs").readFileSync "{outside}", "utf8" catch e then console.log e.code',
    /ENOENT/,
  ],
  [
    'modules of node',
    'for name in ["child_process", "net", "module", "vm", "worker_threads"]\n  try console.log name, require(name) catch e then console.log e.code',
    /MODULE_NOT_FOUND/,
  ],
  [
    'embedded JavaScript',
    'console.log `globalThis.process.binding`, `(() => {}).constructor("return globalThis.process.mainModule")()`',
    /undefined undefined/,
  ],
  ['the compiler', 'console.log typeof CoffeeScript, typeof globalThis.CoffeeScript', /undefined undefined/],
  ['host environment', 'console.log process.env.CUPEL_TEST_SECRET', /undefined/],
]
const wat: Escape[] = [
  ['functions of node', '(module (import "env" "readFileSync" (func)) (func (export "main")))', /cannot be run/],
  ['what Cupel gives', '(module (import "cupel" "constructor" (func)) (func (export "main")))', /cannot be run/],
  [
    'what Cupel inherits',
    '(module (import "wasi_snapshot_preview1" "toString" (func)) (func (export "main")))',
    /cannot be run/,
  ],
  [
    'its memory as the host made it',
    '(module (import "cupel" "memory" (memory 0)) (func (export "main") (result i32) (memory.grow (i32.const 60000))))',
    /^$/,
  ],
]

const all: [string, Escape[]][] = Object.entries({ c, ruby, perl, php, prolog, coffeescript, wat })
describe.each(all)('%s', (language, escapes) => {
  it.each(escapes)('%s', async (_name, template, tried) => {
    const { port } = server.address() as { port: number }
    const code = template
      .replaceAll('{outside}', join(folder, 'secret.txt'))
      .replaceAll('{folder}', folder)
      .replaceAll('{port}', String(port))
      .replaceAll('{parent}', String(process.pid))
    const before = connections
    const entry = languages.find(({ name }) => name === language)?.file ?? ''
    const program = { language, files: { [entry]: code }, entry }
    const done = await engine.run(program, limitsFrom({ cpuSeconds: 10, wallSeconds: 120, memoryMb: 256 }))
    const told = `${done.stdout}\n${done.stderr}`
    expect(told).not.toContain(secret)
    expect(connections, told).toBe(before)
    expect(readdirSync(folder)).toEqual(['secret.txt'])
    expect(done.outcome, told).not.toBe('infrastructure')
    expect(`${done.stdout}${done.stderr}`).toMatch(tried)
  })
})
