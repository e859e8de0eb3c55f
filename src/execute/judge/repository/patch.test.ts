import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyPatch } from './patch.js'
import { type Tree, matcher } from './tree.js'

const tree = (files: Record<string, string>): Tree =>
  new Map(Object.entries(files).map(([path, text]) => [path, { content: Buffer.from(text), mode: 'plain' }]))
const texts = (files: Tree) => Object.fromEntries([...files].map(([path, { content }]) => [path, String(content)]))
const apply = (files: Record<string, string>, patch: string) => texts(applyPatch(tree(files), patch))
const head = (path: string) => `diff --git a/${path} b/${path}\n--- a/${path}\n+++ b/${path}\n`
const abc = { 'x.py': 'a\nb\nc\n' }

describe('patches that apply', () => {
  it.each<[string, Record<string, string>, string, Record<string, string>]>([
    ['a changed line', abc, `${head('x.py')}@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n`, { 'x.py': 'a\nB\nc\n' }],
    [
      'without the header of git, with a date',
      abc,
      '--- x.py\t2024-01-01\n+++ x.py\t2024-01-02\n@@ -2 +2 @@\n-b\n+B\n',
      { 'x.py': 'a\nB\nc\n' },
    ],
    [
      'text before and a signature after',
      abc,
      `From: me\n\n${head('x.py')}@@ -2 +2 @@\n-b\n+B\n-- \n2.39\n`,
      { 'x.py': 'a\nB\nc\n' },
    ],
    [
      'lines that have moved',
      { 'x.py': '0\n0\n0\na\nb\nc\n' },
      `${head('x.py')}@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n`,
      { 'x.py': '0\n0\n0\na\nB\nc\n' },
    ],
    [
      'a new file',
      abc,
      'diff --git a/d/y b/d/y\nnew file mode 100644\nindex 000..123\n--- /dev/null\n+++ b/d/y\n@@ -0,0 +1,2 @@\n+1\n+2\n',
      { ...abc, 'd/y': '1\n2\n' },
    ],
    ['a new empty file', abc, 'diff --git a/y b/y\nnew file mode 100644\nindex 000..e69\n', { ...abc, y: '' }],
    [
      'a deleted file',
      { ...abc, y: '1\n' },
      'diff --git a/y b/y\ndeleted file mode 100644\n--- a/y\n+++ /dev/null\n@@ -1 +0,0 @@\n-1\n',
      abc,
    ],
    ['a deleted empty file', { ...abc, y: '' }, 'diff --git a/y b/y\ndeleted file mode 100644\nindex e69..000\n', abc],
    [
      'a file renamed as it is',
      abc,
      'diff --git a/x.py b/z.py\nsimilarity index 100%\nrename from x.py\nrename to z.py\n',
      { 'z.py': 'a\nb\nc\n' },
    ],
    [
      'a file renamed and changed',
      abc,
      'diff --git a/x.py b/z.py\nsimilarity index 60%\nrename from x.py\nrename to z.py\n--- a/x.py\n+++ b/z.py\n@@ -2 +2 @@\n-b\n+B\n',
      { 'z.py': 'a\nB\nc\n' },
    ],
    [
      'a file copied',
      abc,
      'diff --git a/x.py b/z.py\nsimilarity index 100%\ncopy from x.py\ncopy to z.py\n',
      { ...abc, 'z.py': 'a\nb\nc\n' },
    ],
    [
      'a last line without its end',
      { y: 'a\nb' },
      `${head('y')}@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+B\n\\ No newline at end of file\n`,
      { y: 'a\nB' },
    ],
    [
      'a last line that gets its end',
      { y: 'a' },
      `${head('y')}@@ -1 +1,2 @@\n-a\n\\ No newline at end of file\n+a\n+b\n`,
      { y: 'a\nb\n' },
    ],
    [
      'CR LF in file and patch',
      { y: 'a\r\nb\r\n' },
      `${head('y')}@@ -1,2 +1,2 @@\n a\r\n-b\r\n+B\r\n`,
      { y: 'a\r\nB\r\n' },
    ],
    [
      'CR LF in the file, lost in the patch',
      { y: 'a\r\nb\r\n' },
      `${head('y')}@@ -1,2 +1,2 @@\n a\n-b\n+B\n`,
      { y: 'a\r\nB\r\n' },
    ],
    [
      'a patch that was sent with CR LF',
      abc,
      `${head('x.py')}@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n`.replaceAll('\n', '\r\n'),
      { 'x.py': 'a\nB\nc\n' },
    ],
    [
      'an empty line of context that lost its space',
      { y: 'a\n\nb\n' },
      `${head('y')}@@ -1,3 +1,3 @@\n a\n\n-b\n+B\n`,
      { y: 'a\n\nB\n' },
    ],
    [
      'lines that look like headers',
      { y: '-- a\n' },
      `${head('y')}@@ -1 +1,2 @@\n--- a\n+++ b\n+@@ -1 +1 @@\n`,
      { y: '++ b\n@@ -1 +1 @@\n' },
    ],
    [
      'a quoted name',
      { 'ä b': '1\n' },
      '--- "a/\\303\\244 b"\n+++ "b/\\303\\244 b"\n@@ -1 +1 @@\n-1\n+2\n',
      { 'ä b': '2\n' },
    ],
    ['only a mode', abc, 'diff --git a/x.py b/x.py\nold mode 100644\nnew mode 100755\n', abc],
    [
      'two hunks, the second moved by the first',
      { y: '1\n2\n3\n4\n5\n6\n7\n8\n9\n' },
      `${head('y')}@@ -1,2 +1,3 @@\n 1\n+x\n 2\n@@ -8,2 +9,2 @@\n 8\n-9\n+N\n`,
      { y: '1\nx\n2\n3\n4\n5\n6\n7\n8\nN\n' },
    ],
  ])('%s', (_, files, patch, after) => {
    expect(apply(files, patch)).toEqual(after)
  })
})

describe('patches that are refused', () => {
  const add = (path: string) => `--- /dev/null\n+++ ${path}\n@@ -0,0 +1 @@\n+x\n`
  it.each<[string, string, RegExp]>([
    ['nothing', 'I would change line 3.', /there is no patch/],
    ['context that is not there', `${head('x.py')}@@ -1,3 +1,3 @@\n a\n-q\n+B\n c\n`, /does not fit/],
    ['context that differs by a space', `${head('x.py')}@@ -1,3 +1,3 @@\n a \n-b\n+B\n c\n`, /does not fit/],
    ['fewer lines than it says', `${head('x.py')}@@ -1,3 +1,3 @@\n a\n-b\n+B\n`, /fewer lines/],
    ['more lines than it says', `${head('x.py')}@@ -2 +2 @@\n-b\n+B\n+C\n`, /more lines/],
    ['a file that is not there', `${head('z.py')}@@ -1 +1 @@\n-a\n+b\n`, /«z.py» is not there/],
    ['a new file that is there', add('b/x.py').replace('/dev/null', '/dev/null'), /«x.py» is there already/],
    ['a way out of the tree', add('b/../../etc/passwd'), /leaves the tree/],
    [
      'a way out of the tree by renaming',
      'diff --git a/x.py b/x\nrename from x.py\nrename to ../x\n',
      /leaves the tree/,
    ],
    ['an absolute path', add('/etc/passwd'), /not relative/],
    ['a quoted way out', add('"b/\\056\\056/x"'), /leaves the tree/],
    ['the folder of git', add('b/.git/hooks/pre-commit'), /folder of git/],
    ['the folder of git as other systems see it', add('b/d/.GIT /config'), /folder of git/],
    ['a backslash', add('b/..\\x'), /backslash/],
    ['a file in a file', add('b/x.py/y'), /«x.py» is a file/],
    [
      'a symbolic link',
      'diff --git a/l b/l\nnew file mode 120000\n--- /dev/null\n+++ b/l\n@@ -0,0 +1 @@\n+/etc\n\\ No newline at end of file\n',
      /symbolic links/,
    ],
    ['a link where a file was', 'diff --git a/x.py b/x.py\nold mode 100644\nnew mode 120000\n', /symbolic links/],
    [
      'a change of a link',
      'diff --git a/x.py b/x.py\nindex 1..2 120000\n--- a/x.py\n+++ b/x.py\n@@ -1 +1 @@\n-a\n+/etc\n',
      /symbolic links/,
    ],
    [
      'a submodule',
      'diff --git a/m b/m\nnew file mode 160000\n--- /dev/null\n+++ b/m\n@@ -0,0 +1 @@\n+Subproject commit 1\n',
      /submodules/,
    ],
    ['a binary patch', 'diff --git a/y b/y\nnew file mode 100644\nGIT binary patch\nliteral 1\nIc${NkU\n', /binary/],
    [
      'a deleted file that keeps lines',
      'diff --git a/x.py b/x.py\ndeleted file mode 100644\n--- a/x.py\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n',
      /leaves lines/,
    ],
    ['a hunk before any file', '@@ -1 +1 @@\n-a\n+b\n', /without a file/],
    [
      'an end that is lost before other lines',
      `${head('x.py')}@@ -1 +1 @@\n-a\n+A\n\\ No newline at end of file\n`,
      /without an end/,
    ],
    [
      'a second hunk that does not fit: nothing is changed',
      `${head('x.py')}@@ -1 +1 @@\n-a\n+A\n@@ -3 +3 @@\n-q\n+C\n`,
      /hunk 2/,
    ],
    ['hunks in the wrong order', `${head('x.py')}@@ -3 +3 @@\n-c\n+C\n@@ -1 +1 @@\n-a\n+A\n`, /hunk 2/],
  ])('%s', (_, patch, message) => {
    const before = tree(abc)
    expect(() => applyPatch(before, patch)).toThrow(message)
    expect(texts(before)).toEqual(abc)
  })
})

it('a patch that would keep the judge busy is refused', () => {
  const many = Array.from({ length: 2001 }, (_, i) => `diff --git a/f${i} b/f${i}\nnew file mode 100644\n`).join('')
  expect(() => apply({}, many)).toThrow('it changes 2001 files')
  const same = `${'+x\n'.repeat(20_000)}`
  const hunk = `@@ -1,10001 +1,10000 @@\n${' x\n'.repeat(10_000)}-y\n`
  const slow = `--- /dev/null\n+++ b/y\n@@ -0,0 +1,20000 @@\n${same}${head('y')}${hunk}`
  expect(() => apply({}, slow)).toThrow('its hunks take too long to place')
})

it('a hunk that names a line far behind the end is found', () => {
  expect(apply(abc, `${head('x.py')}@@ -900,2 +900,2 @@\n a\n-b\n+B\n`)).toEqual({ 'x.py': 'a\nB\nc\n' })
})

it('what git makes of two trees, this makes of the first with the patch between them', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cupel-patch-'))
  const name = fc.constantFrom('a.txt', 'b.txt', 'd/c.txt', 'd/e f.txt', 'ü.txt')
  const text = fc
    .tuple(
      fc.array(fc.constantFrom('x', 'y', 'z', '', '-- q', '\tindent', 'é', 'w\r'), { maxLength: 12 }),
      fc.boolean(),
    )
    .map(([lines, end]) => lines.join('\n') + (end && lines.length > 0 ? '\n' : ''))
  const files = fc.dictionary(name, text, { maxKeys: 5 })
  const write = (side: string, content: Record<string, string>) => {
    rmSync(join(folder, side), { recursive: true, force: true })
    mkdirSync(join(folder, side), { recursive: true })
    for (const [path, one] of Object.entries(content)) {
      mkdirSync(dirname(join(folder, side, path)), { recursive: true })
      writeFileSync(join(folder, side, path), one)
    }
  }
  try {
    fc.assert(
      fc.property(files, files, fc.integer({ min: 0, max: 3 }), (before, after, context) => {
        write('old', before)
        write('new', after)
        const args = [
          '-c',
          'core.autocrlf=false',
          'diff',
          '--no-index',
          '--no-prefix',
          `-U${context}`,
          '-M',
          'old',
          'new',
        ]
        let patch = ''
        try {
          execFileSync('git', args, { cwd: folder })
        } catch (error) {
          patch = String((error as { stdout: Buffer }).stdout)
        }
        // git names the two folders where a repository has a/ and b/.
        patch = patch
          .replace(/^(diff --git "?)(old|new)\/(.*?)("? "?)(old|new)\//gm, '$1a/$3$4b/')
          .replace(/^(--- "?)old\//gm, '$1a/')
          .replace(/^(\+\+\+ "?)new\//gm, '$1b/')
          .replace(/^((?:rename|copy) from "?)old\//gm, '$1')
          .replace(/^((?:rename|copy) to "?)new\//gm, '$1')
        if (patch === '') expect(after).toEqual(before)
        else expect(apply(before, patch)).toEqual({ ...after })
      }),
      { numRuns: 60 },
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

it('patterns name paths in every folder, from the root, and all that is in a folder', () => {
  const found = (pattern: string) =>
    ['conftest.py', 'a/conftest.py', 'pytest.py', 'a/pytest.py', 'tests/a/b.py', 'testsX'].filter(matcher([pattern]))
  expect(found('conftest.py')).toEqual(['conftest.py', 'a/conftest.py'])
  expect(found('/pytest.py')).toEqual(['pytest.py'])
  expect(found('tests/')).toEqual(['tests/a/b.py'])
  expect(found('tests/**/b.py')).toEqual(['tests/a/b.py'])
  expect(found('*.py')).toEqual(['conftest.py', 'a/conftest.py', 'pytest.py', 'a/pytest.py', 'tests/a/b.py'])
  expect(found('a/*.py')).toEqual(['a/conftest.py', 'a/pytest.py'])
  expect(found('test?')).toEqual(['tests/a/b.py'])
})
