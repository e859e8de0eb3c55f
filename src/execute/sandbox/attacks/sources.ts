/** Attacks by names that are taken for commands, by variables of the toolchain, and by sources that are no text. */
import type { Program } from '../../../kernel/index.js'
import type { HandedOver } from './attack.js'

const held = 'print("held")\n'
const python = (more: Partial<Program> = {}, source = held) => ({
  entry: 'main.py',
  ...more,
  files: { 'main.py': source, ...more.files },
})
const noText = Uint8Array.from({ length: 4096 }, (_, i) => (i * 197 + 13) % 256)

export const sources: Readonly<Record<string, HandedOver>> = {
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
    expect: ['compile-error'],
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
    program: {
      entry: 'main.sh',
      files: { 'main.sh': 'echo held\n', 'evil.so': 'no library' },
      env: {
        LD_PRELOAD: '/tmp/work/evil.so',
        LD_LIBRARY_PATH: '/tmp/work',
        BASH_ENV: '/tmp/work/main.sh',
        PATH: '/tmp/work',
      },
    },
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
      files: { 'main.py': noText },
      entry: 'main.py',
    },
  },
  'binary-source.js': {
    tries: 'to be a source that is no text',
    language: 'javascript',
    expect: ['compile-error', 'runtime-error'],
    limits: { cpuSeconds: 3, wallSeconds: 8, memoryMb: 256 },
    program: {
      files: { 'main.js': noText },
      entry: 'main.js',
    },
  },
  'binary-source.c': {
    tries: 'to be a source that is no text',
    language: 'c',
    expect: ['compile-error'],
    program: {
      files: { 'main.c': noText },
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
