/** What edit blocks make of files, and which are refused. */
import { describe, expect, it } from 'vitest'
import { PatchError } from './diff.js'
import { editedFiles } from './edits.js'

const files: Record<string, string> = {
  'a.py': 'def f():\n    return 1\n\ndef g():\n    return 1\n',
  'win.txt': 'one\r\ntwo\r\nthree',
  'empty.py': '',
}
const edited = (text: string) => editedFiles(text, (path) => files[path])
const block = (found: string, made: string) => `<<<<<<< SEARCH\n${found}=======\n${made}>>>>>>> REPLACE\n`

describe('edit blocks', () => {
  it.each<[string, string, Record<string, string>]>([
    [
      'replace lines, with words and a fence around them',
      `Sure:\n\na.py\n\`\`\`python\n${block('def f():\n    return 1\n', 'def f():\n    return 2\n')}\`\`\`\nDone.`,
      { 'a.py': 'def f():\n    return 2\n\ndef g():\n    return 1\n' },
    ],
    [
      'see what the ones before them made, in the file they named',
      `**a.py**\n${block('def f():\n', 'def h():\n')}${block('def h():\n', 'def i():\n')}`,
      { 'a.py': 'def i():\n    return 1\n\ndef g():\n    return 1\n' },
    ],
    ['make a new file', `src/new.py\n${block('', 'x = 1\n')}`, { 'src/new.py': 'x = 1\n' }],
    ['fill an empty one', `empty.py\n${block('', 'x = 1\n')}`, { 'empty.py': 'x = 1\n' }],
    ['delete lines', `a.py\n${block('\ndef g():\n', '')}`, { 'a.py': 'def f():\n    return 1\n    return 1\n' }],
    ['keep line ends and a missing last one', `win.txt\n${block('two\nthree\n', '2\n')}`, { 'win.txt': 'one\r\n2' }],
    [
      'may come with line ends of Windows',
      `win.txt\r\n${block('two\n', '2\n').replaceAll('\n', '\r\n')}`,
      { 'win.txt': 'one\r\n2\r\nthree' },
    ],
  ])('%s', (_, text, due) => {
    expect(edited(text)).toEqual(due)
  })

  it.each<[string, string, RegExp]>([
    ['lines that are not there', `a.py\n${block('return 1\n', 'x\n')}`, /is not there: «return 1»/],
    ['lines that are there twice', `a.py\n${block('    return 1\n', 'x\n')}`, /there 2 times/],
    ['an edit of a file that is not there', `b.py\n${block('x\n', 'y\n')}`, /«b.py» is not there/],
    ['a new file in place of one', `a.py\n${block('', 'y\n')}`, /does not say what it replaces/],
    ['a block without a path', block('x\n', 'y\n'), /no path/],
    ['a block without an end', 'a.py\n<<<<<<< SEARCH\nx\n=======\ny\n', /no >>>>>>> REPLACE/],
    ['a block within a block', `a.py\n<<<<<<< SEARCH\nx\n${block('def f():\n', 'y\n')}`, /no ======= or no/],
    [
      'an edit that compares for ever',
      `n\n${block('', 'x\n'.repeat(20_000))}${block(`${'x\n'.repeat(9_000)}y\n`, '')}`,
      /too long/,
    ],
    ['a text without blocks', 'just words', /no edit block/],
  ])('%s is refused', (_, text, reason) => {
    expect(() => edited(text)).toThrow(PatchError)
    expect(() => edited(text)).toThrow(reason)
  })
})
