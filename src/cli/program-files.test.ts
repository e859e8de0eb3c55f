import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
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

  it('reads standard input from a file', async () => {
    const program = await readProgram([at('src/main.py')], { stdin: at('input.txt'), arg: ['a'] })
    expect([String(program.stdin), program.args]).toEqual(['input.txt', ['a']])
    await expect(readProgram([at('src/main.py')], { stdin: at('none.txt') })).rejects.toThrow(NotFoundError)
  })

  it('refuses two files of one name, folders, and files that are not there', async () => {
    await expect(readProgram([at('src/main.py'), at('other/main.py')], {})).rejects.toThrow(UsageError)
    await expect(readProgram([at('src')], { language: 'python' })).rejects.toThrow(/is a folder/)
    await expect(readProgram([at('src/mian.py')], {})).rejects.toThrow(/mian\.py; did you mean main\.py\?/)
    await expect(readProgram([at('nowhere/a.py')], {})).rejects.toThrow(NotFoundError)
  })
})
