import { describe, expect, it } from 'vitest'
import { extractFiles } from './files.js'
import { readReply } from './reply.js'

const two = ['leap.cpp', 'leap.h']
const read = (reply: string, files = two, finish?: 'stop' | 'length') => {
  const { code, ...rest } = extractFiles(reply, { files, language: 'cpp', finish })
  return { files: code === null ? null : JSON.parse(code), ...rest }
}

describe('files from a reply', () => {
  it.each([
    ['leap.h', 'leap.cpp'],
    ['**leap.h**', '`leap.cpp`:'],
    ['### `leap.h`', '### leap.cpp'],
    ['File: leap.h', '1. ./leap.cpp'],
  ])('are the blocks after lines with their paths: %s', (header, source) => {
    const reply = `Here.\n\n${header}\n\`\`\`cpp\nint f();\n\`\`\`\n\n${source}\n\n\`\`\`cpp\n#include "leap.h"\n\nint f() { return 1; }\n\`\`\`\nDone.`
    expect(read(reply)).toEqual({
      files: { 'leap.h': 'int f();\n', 'leap.cpp': '#include "leap.h"\n\nint f() { return 1; }\n' },
      how: 'files',
    })
  })

  it('may be one of several, with others of their own; the last of one path counts', () => {
    const block = (path: string, text: string) => `${path}\n\`\`\`\n${text}\n\`\`\`\n`
    expect(read(block('leap.h', 'a') + block('src/more.h', 'b') + block('leap.h', 'c')).files).toEqual({
      'leap.h': 'c\n',
      'src/more.h': 'b\n',
    })
    expect(read(block('other.h', 'a'))).toMatchObject({ files: null, missing: 'no-code' })
    expect(read(block('lib.rs', 'fn a() {}'), ['src/lib.rs']).files).toEqual({ 'src/lib.rs': 'fn a() {}\n' })
  })

  it('may be a JSON object, and one file may be a block without a path', () => {
    expect(read('{"leap.h": "x", "old.h": null}').files).toEqual({ 'leap.h': 'x', 'old.h': null })
    expect(read('```cpp\nint main() {}\n```', ['leap.cpp']).files).toEqual({ 'leap.cpp': 'int main() {}\n' })
    expect(read('```cpp\nint main() {}\n```')).toMatchObject({ files: null, missing: 'no-code' })
    expect(read('I cannot help with that.', ['leap.cpp'])).toMatchObject({ files: null, missing: 'refused' })
  })

  it('that break off are truncated; drafts in a reasoning block are not read', () => {
    expect(read('leap.h\n```cpp\nint f(', two, 'length')).toMatchObject({ missing: 'truncated' })
    const drafted = '<think>\nleap.h\n```cpp\ndraft\n```\n</think>\nleap.h\n```cpp\nfinal\n```'
    expect(read(drafted).files).toEqual({ 'leap.h': 'final\n' })
  })

  it('are what a problem that names files takes from a reply', () => {
    const problem = { kind: 'repository', language: 'cpp', files: two } as const
    const reply = { text: 'leap.h\n```cpp\nint f();\n```', finish: 'stop' } as const
    expect(readReply(reply, problem)).toEqual({ code: '{"leap.h":"int f();\\n"}', how: 'files' })
    expect(readReply({ text: 'No.', finish: 'stop' }, problem)).toMatchObject({ code: '', missing: 'no-code' })
  })
})
