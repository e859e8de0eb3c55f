import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { NotFoundError, UsageError } from '../kernel/index.js'
import { readProgram } from './program-files.js'

let folder: string
const at = (name: string) => join(folder, name)

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cupel-files-'))
  mkdirSync(at('src/lib'), { recursive: true })
  mkdirSync(at('other'))
  for (const name of [
    'src/main.py',
    'src/lib/words.py',
    'other/words.py',
    'other/main.py',
    'src/data.bin',
    'input.txt',
  ])
    writeFileSync(at(name), name)
  mkdirSync(at('empty/.git'), { recursive: true })
  writeFileSync(at('empty/.git/config'), '')
  mkdirSync(at('links'))
  symlinkSync(at('src'), at('links/src'))
  symlinkSync(at('input.txt'), at('links/input.txt'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('readProgram', () => {
  it('keeps the layout below the folder of the first file', async () => {
    const program = await readProgram([at('src/main.py'), at('src/lib/words.py'), at('other/words.py')], {})
    expect(program).toMatchObject({ language: 'python', entry: 'main.py' })
    expect(Object.entries(program.files).map(([name, content]) => [name, String(content)])).toEqual([
      ['main.py', 'src/main.py'],
      ['lib/words.py', 'src/lib/words.py'],
      ['words.py', 'other/words.py'],
    ])
  })

  it('takes the entry by path or by name, the language by extension or by option', async () => {
    const files = [at('src/main.py'), at('src/data.bin')]
    expect((await readProgram(files, { entry: at('src/main.py') })).entry).toBe('main.py')
    expect(await readProgram(files, { entry: 'data.bin', language: 'bash' })).toMatchObject({
      entry: 'data.bin',
      language: 'bash',
    })
    await expect(readProgram(files, { entry: 'main.c' })).rejects.toThrow(/none of the files given/)
    await expect(readProgram([at('src/data.bin')], {})).rejects.toThrow(/--language/)
    await expect(readProgram(files, { language: 'pyton' })).rejects.toThrow(/python/)
  })

  it('takes a folder as all its files, and starts its main file', async () => {
    const program = await readProgram([at('src')], {})
    expect(program).toMatchObject({ language: 'python', entry: 'main.py' })
    expect(Object.keys(program.files)).toEqual(['data.bin', 'lib/words.py', 'main.py'])
    expect((await readProgram([at('src')], { entry: 'lib/words.py' })).entry).toBe('lib/words.py')
    expect((await readProgram([at('src')], { entry: at('src/lib/words.py') })).entry).toBe('lib/words.py')
    const both = await readProgram([at('src/main.py'), at('src/lib')], {})
    expect(Object.keys(both.files)).toEqual(['main.py', 'lib/words.py'])
    const elsewhere = await readProgram([at('src/main.py'), at('empty'), at('links')], {})
    expect(Object.keys(elsewhere.files)).toEqual(['main.py', 'links/input.txt'])
  })

  it('asks which file of a folder to start if it has no main file', async () => {
    await expect(readProgram([at('.')], {})).rejects.toThrow(/--entry: input\.txt, links\/input\.txt, /)
    await expect(readProgram([at('empty')], {})).rejects.toThrow(/--entry: there are none/)
    expect((await readProgram([at('src/lib')], {})).entry).toBe('words.py')
  })

  it('reads standard input from a file', async () => {
    const program = await readProgram([at('src/main.py')], { stdin: at('input.txt'), arg: ['a'] })
    expect([String(program.stdin), program.args]).toEqual(['input.txt', ['a']])
    await expect(readProgram([at('src/main.py')], { stdin: at('none.txt') })).rejects.toThrow(NotFoundError)
  })

  it('refuses two files of one name, a folder as input, and files that are not there', async () => {
    await expect(readProgram([at('src/main.py'), at('other/main.py')], {})).rejects.toThrow(UsageError)
    await expect(readProgram([at('src/main.py')], { stdin: at('src') })).rejects.toThrow(/is a folder/)
    await expect(readProgram([at('src/mian.py')], {})).rejects.toThrow(/mian\.py; did you mean main\.py\?/)
    await expect(readProgram([at('nowhere/a.py')], {})).rejects.toThrow(NotFoundError)
  })
})
