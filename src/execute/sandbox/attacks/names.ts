/**
 * Attacks by what is handed over beside the source: names of files, arguments, the environment, standard input, and
 * sources that are no text. They cannot be plain files, because such names cannot be written to a repository.
 */
import type { Limits, Program } from '../../../kernel/index.js'
import type { Attack, Ending } from './corpus.js'

const held = 'print("held")\n'
const python = (more: Partial<Program> = {}, source = held) => ({
  entry: 'main.py',
  ...more,
  files: { 'main.py': source, ...more.files },
})
const shell = (source: string, more: Partial<Program> = {}) => ({
  entry: 'main.sh',
  ...more,
  files: { 'main.sh': source, ...more.files },
})
const file = (name: string, content: string | Uint8Array = 'x') => python({ files: { [name]: content } })
const many = (count: number, content: string) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`f${i}`, content]))

const looking = `import os, sys
names = sorted(os.path.join(at, name) for at, _, found in os.walk("/tmp") for name in found)
outside = [name for name in names if not name.startswith(os.getcwd())]
print("ESCAPED: %r" % outside if outside and sys.platform != "emscripten" else "held")
`

interface Given {
  readonly tries: string
  readonly expect: readonly Ending[]
  readonly wasm?: Attack['wasm']
  readonly language?: string
  readonly limits?: Partial<Limits>
  readonly program: Attack['program']
}

const given: Readonly<Record<string, Given>> = {
  'parent-folder': { tries: 'to put a file beside its folder', expect: ['refused'], program: file('../ESCAPED') },
  'parent-in-the-middle': {
    tries: 'to put a file outside by a path that begins inside',
    expect: ['refused'],
    program: file('a/b/../../../../ESCAPED'),
  },
  'parent-at-the-end': { tries: 'to put a file where a folder is', expect: ['refused'], program: file('a/..') },
  absolute: { tries: 'to put a file into /etc', expect: ['refused'], program: file('/etc/ESCAPED') },
  'absolute-to-a-canary': {
    tries: 'to overwrite a file of the host',
    expect: ['refused'],
    program: file('CANARY_FILE', 'overwritten'),
  },
  empty: { tries: 'to put a file without a name', expect: ['refused'], program: file('') },
  dot: { tries: 'to replace its folder by a file', expect: ['refused'], program: file('.') },
  'empty-part': { tries: 'to put a file by a path with an empty part', expect: ['refused'], program: file('a//b') },
  'trailing-slash': { tries: 'to put a file as a folder', expect: ['refused'], program: file('a/') },
  'zero-byte': { tries: 'to put a file whose name ends early', expect: ['refused'], program: file('main.py\0.txt') },
  'long-part': {
    tries: 'to put a file whose name no file system holds',
    expect: ['refused'],
    program: file('x'.repeat(300)),
  },
  'long-part-in-bytes': {
    tries: 'to put a file whose name is short in characters and long in bytes',
    expect: ['refused'],
    program: file('é'.repeat(200)),
  },
  'long-path': {
    tries: 'to put a file below more folders than a path can name',
    expect: ['refused'],
    program: file(Array.from({ length: 600 }, () => 'folder').join('/')),
  },
  'file-and-folder': {
    tries: 'to use one name for a file and for a folder',
    expect: ['refused'],
    program: file('main.py/inner'),
  },
  'too-many-files': {
    tries: 'to break the server with more files than a frame holds',
    expect: ['refused'],
    program: python({ files: many(5000, '') }),
  },
  'more-than-the-disk': {
    tries: 'to hand over more than the disk holds, in files that are almost empty',
    expect: ['refused'],
    limits: { diskMb: 1 },
    program: python({ files: many(900, 'x') }),
  },
  'larger-than-the-disk': {
    tries: 'to hand over one file larger than the disk',
    expect: ['refused'],
    limits: { diskMb: 1 },
    program: file('big', 'x'.repeat(2 << 20)),
  },
  'no-such-entry': {
    tries: 'to start a file that it does not have',
    expect: ['refused'],
    program: python({ entry: '/usr/bin/env' }),
  },
  'entry-from-a-prototype': {
    tries: 'to start a file that every object seems to have',
    expect: ['refused'],
    program: python({ entry: 'constructor' }),
  },
  'zero-byte-argument': {
    tries: 'to smuggle in more arguments by one that holds a zero byte',
    expect: ['refused'],
    program: python({ args: ['a\0b'] }),
  },
  'long-argument': {
    tries: 'to hand over an argument that no system takes',
    expect: ['refused'],
    program: python({ args: ['x'.repeat(200_000)] }),
  },
  'many-arguments': {
    tries: 'to hand over more arguments than a system takes',
    expect: ['refused'],
    program: python({ args: Array.from({ length: 300_000 }, () => 'xxxxxxxx') }),
  },
  'nameless-variable': {
    tries: 'to set a variable without a name',
    expect: ['refused'],
    program: python({ env: { '': 'x' } }),
  },
  'equals-in-variable': {
    tries: 'to set a variable by the name of another',
    expect: ['refused'],
    program: python({ env: { 'PATH=/tmp/work;X': 'x' } }),
  },
  'zero-byte-variable': {
    tries: 'to smuggle in a variable by the value of another',
    expect: ['refused'],
    program: python({ env: { X: 'x\0LD_PRELOAD=/tmp/work/evil.so' } }),
  },
  'huge-input': {
    tries: 'to break the server with an input larger than a frame',
    expect: ['refused'],
    program: python({ stdin: new Uint8Array(257 << 20) }),
  },
  'strange-names': {
    tries: 'to put files whose names break shells, terminals and lists',
    expect: ['ok'],
    wasm: { not: 'its files have names of its own making' },
    program: python(
      {
        files: {
          '-rf': '',
          '*': '',
          'new\nline': '',
          ' ': '',
          '$(touch ESCAPED)': '',
          '\u001b[2J': '',
          '\u202egnp.py': '',
          'é\u0301': '',
          con: '',
          '...': '',
          '~': '',
          '#': '',
          "'; echo ESCAPED; '": '',
          __proto__x: '',
          toString: '',
        },
      },
      `${looking}assert len(os.listdir(".")) == 16, os.listdir(".")\n`,
    ),
  },
  'deep-folders': {
    tries: 'to put a file below many folders',
    expect: ['ok'],
    program: python({ files: { [`${'d/'.repeat(100)}file`]: 'x' } }, looking),
  },
  'half-character-name': {
    tries: 'to put a file whose name ends in half a character',
    expect: ['refused'],
    program: file('x\ud800'),
  },
  'half-character-argument': {
    tries: 'to hand over half a character',
    expect: ['refused'],
    program: python({ args: ['\udfff'] }),
  },
  'half-character-variable': {
    tries: 'to set a variable to half a character',
    expect: ['refused'],
    program: python({ env: { X: '\ud800' } }),
  },
  'half-character-input': {
    tries: 'to read and to be half a character',
    expect: ['ok'],
    program: python({ stdin: '\udc00' }, `import sys\nsys.stdin.read()\nx = "\\ud800"\n${held}`),
  },
  'option-as-entry.sh': {
    tries: 'to be taken for an option of the interpreter',
    language: 'bash',
    expect: ['ok'],
    program: { files: { '-c': 'echo held\n' }, entry: '-c', args: ['echo ESCAPED'] },
  },
  'option-as-entry.js': {
    tries: 'to be taken for an option of the interpreter',
    language: 'javascript',
    expect: ['ok', 'runtime-error', 'compile-error'],
    limits: { cpuSeconds: 3, wallSeconds: 8, memoryMb: 256 },
    program: {
      files: { '--eval=console.log("ESCAPED")': 'console.log("held")\n' },
      entry: '--eval=console.log("ESCAPED")',
    },
  },
  'option-as-entry.pl': {
    tries: 'to be taken for an option of the interpreter',
    language: 'perl',
    expect: ['ok', 'runtime-error'],
    program: { files: { '-eprint"ESCAPED\\n"': 'print "held\\n";\n' }, entry: '-eprint"ESCAPED\\n"' },
  },
  'option-as-entry.c': {
    tries: 'to command the compiler by the name of the source',
    language: 'c',
    expect: ['ok', 'compile-error'],
    program: {
      files: { '-fplugin=evil.c': '#include <stdio.h>\nint main(void) { puts("held"); }\n' },
      entry: '-fplugin=evil.c',
    },
  },
  'response-file.c': {
    tries: 'to command the compiler by a source that is read as its arguments',
    language: 'c',
    expect: ['compile-error', 'ok'],
    program: {
      files: { '@x.c': '-wrapper /bin/sh,-c,"echo ESCAPED"\n', 'x.c': 'int main(void) { return 0; }\n' },
      entry: '@x.c',
    },
  },
  'made-before.c': {
    tries: 'to be run instead of what was compiled',
    language: 'c',
    expect: ['ok', 'compile-error', 'refused'],
    program: {
      files: { 'main.c': '#include <stdio.h>\nint main(void) { puts("held"); }\n', out: '#!/bin/sh\necho ESCAPED\n' },
      entry: 'main.c',
    },
  },
  'made-instead.c': {
    tries: 'to be run although it does not compile',
    language: 'c',
    expect: ['compile-error', 'refused'],
    program: { files: { 'main.c': 'int main(void {\n', out: '#!/bin/sh\necho ESCAPED\n' }, entry: 'main.c' },
  },
  'compiler-variables.c': {
    tries: 'to command the compiler by variables',
    language: 'c',
    expect: ['ok', 'compile-error'],
    program: {
      files: {
        'main.c': '#include <stdio.h>\nint main(void) { puts("held"); }\n',
        cc1: '#!/bin/sh\necho ESCAPED >&2\nexit 1\n',
      },
      entry: 'main.c',
      env: {
        COMPILER_PATH: '/tmp/work',
        GCC_EXEC_PREFIX: '/tmp/work/',
        TMPDIR: '/',
        DEPENDENCIES_OUTPUT: '/tmp/work/out',
      },
    },
  },
  'node-options.js': {
    tries: 'to open node by its variables',
    language: 'javascript',
    expect: ['ok', 'runtime-error'],
    limits: { cpuSeconds: 3, wallSeconds: 8, memoryMb: 256 },
    program: {
      files: { 'main.js': 'console.log("held")\n', 'evil.js': 'console.log("evil")\n' },
      entry: 'main.js',
      env: { NODE_OPTIONS: '--inspect=0.0.0.0:9229', NODE_DEBUG: 'net', NODE_V8_COVERAGE: 'CANARY_FOLDER' },
    },
  },
  'preloaded-library.sh': {
    tries: 'to put a library of its own before all others',
    language: 'bash',
    expect: ['ok', 'runtime-error'],
    program: shell('echo held\n', {
      files: { 'evil.so': 'no library' },
      env: {
        LD_PRELOAD: '/tmp/work/evil.so',
        LD_LIBRARY_PATH: '/tmp/work',
        BASH_ENV: '/tmp/work/main.sh',
        PATH: '/tmp/work',
      },
    }),
  },
  'python-variables': {
    tries: 'to change the warm interpreter by variables',
    expect: ['ok'],
    program: python({
      env: {
        PYTHONSTARTUP: 'evil.py',
        PYTHONPATH: '/tmp/work',
        PYTHONHOME: '/tmp',
        PYTHONINSPECT: '1',
        CUPEL_UIDS: '0',
      },
      files: { 'sitecustomize.py': 'print("ESCAPED")\n' },
    }),
  },
  'shadowed-modules': {
    tries: 'to put its own modules in the place of those that the interpreter needs',
    expect: ['ok', 'runtime-error'],
    program: python({
      files: Object.fromEntries(
        ['os.py', 'sys.py', 'io.py', 'traceback.py', 'threading.py', 'random.py', 'json.py', 'ctypes/__init__.py'].map(
          (name) => [name, 'raise SystemExit("ESCAPED: ran a planted module")\n'],
        ),
      ),
    }),
  },
  'binary-source.py': {
    tries: 'to be a source that is no text',
    expect: ['compile-error', 'runtime-error'],
    program: {
      files: { 'main.py': Uint8Array.from({ length: 4096 }, (_, i) => (i * 197 + 13) % 256) },
      entry: 'main.py',
    },
  },
  'binary-source.js': {
    tries: 'to be a source that is no text',
    language: 'javascript',
    expect: ['compile-error', 'runtime-error'],
    limits: { cpuSeconds: 3, wallSeconds: 8, memoryMb: 256 },
    program: {
      files: { 'main.js': Uint8Array.from({ length: 4096 }, (_, i) => (i * 197 + 13) % 256) },
      entry: 'main.js',
    },
  },
  'binary-source.c': {
    tries: 'to be a source that is no text',
    language: 'c',
    expect: ['compile-error'],
    program: {
      files: { 'main.c': Uint8Array.from({ length: 4096 }, (_, i) => (i * 197 + 13) % 256) },
      entry: 'main.c',
    },
  },
  'program-as-source.sh': {
    tries: 'to be a program where a source is asked for',
    language: 'bash',
    expect: ['runtime-error', 'compile-error'],
    program: {
      files: { 'main.sh': Uint8Array.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 62, 0]) },
      entry: 'main.sh',
    },
  },
  'empty-source.py': {
    tries: 'to be nothing at all',
    expect: ['ok'],
    program: python({ files: { 'sitecustomize.py': '' } }, held),
  },
  'zero-bytes.py': {
    tries: 'to be a megabyte of zero bytes',
    expect: ['compile-error', 'runtime-error'],
    program: { files: { 'main.py': new Uint8Array(1 << 20) }, entry: 'main.py' },
  },
  'endless-pattern.java': {
    tries: 'to hold up Cupel itself, with a source in which its patterns look for a name for hours',
    language: 'java',
    expect: ['compile-error', 'refused'],
    program: { files: { 'Main.java': 'package '.repeat(300_000) }, entry: 'Main.java' },
  },
  'long-line.py': {
    tries: 'to be one line of a megabyte',
    expect: ['ok', 'memory-limit', 'time-limit', 'runtime-error'],
    limits: { cpuSeconds: 3, wallSeconds: 10, memoryMb: 512 },
    program: python({}, `x = [${'1,'.repeat(400_000)}]\n${held}`),
  },
}

export function namedAttacks(defaults: Limits): Attack[] {
  return Object.entries(given).map(([name, { tries, expect, wasm, language, limits, program }]) => ({
    name: `names/${name}`,
    family: 'names',
    language: language ?? 'python',
    tries,
    expect,
    limits: { ...defaults, ...limits },
    wasm: wasm ?? { expect },
    repeat: 1,
    neighbour: false,
    differs: false,
    program,
  }))
}
