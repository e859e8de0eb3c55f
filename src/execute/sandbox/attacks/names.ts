/** Attacks by what is handed over beside the source: names of files, arguments, variables, standard input. */
import type { Program } from '../../../kernel/index.js'
import type { HandedOver } from './attack.js'

const held = 'print("held")\n'
const python = (more: Partial<Program> = {}, source = held) => ({
  entry: 'main.py',
  ...more,
  files: { 'main.py': source, ...more.files },
})
const file = (name: string, content: string | Uint8Array = 'x') => python({ files: { [name]: content } })
const many = (count: number, content: string) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`f${i}`, content]))

const looking = `import os, sys
names = sorted(os.path.join(at, name) for at, _, found in os.walk("/tmp") for name in found)
outside = [name for name in names if not name.startswith(os.getcwd())]
print("ESCAPED: %r" % outside if outside and sys.platform != "emscripten" else "held")
`

export const names: Readonly<Record<string, HandedOver>> = {
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
}
