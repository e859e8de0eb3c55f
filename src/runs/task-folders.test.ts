import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { benchmarks } from '../evaluate/index.js'
import type { Benchmark } from '../kernel/index.js'
import { loadProblems } from './problems.js'
import { withData } from './task-folders.js'

const harbor = benchmarks.find(({ name }) => name === 'harbor') as Benchmark
const polyglot = benchmarks.find(({ name }) => name === 'polyglot') as Benchmark
const humaneval = benchmarks.find(({ name }) => name === 'humaneval') as Benchmark

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cupel-tasks-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function write(path: string, content: string | Buffer) {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), content)
}
function task(path: string) {
  write(`${path}/task.toml`, 'version = "1.0"')
  write(`${path}/instruction.md`, `Do ${path}.`)
  write(`${path}/tests/test.sh`, 'true')
}
const ids = async (path: string) => [...(await loadProblems(withData(harbor, path))).keys()]

it('tasks are found in a folder, in its folders and as the folder itself, in the order of their names', async () => {
  task('b')
  task('a')
  task('tasks/c')
  write('not-a-task/README.md', '')
  expect(await ids(folder)).toEqual(['a', 'b', 'c'])
  expect(await ids(join(folder, 'tasks'))).toEqual(['c'])
  expect(await ids(join(folder, 'b'))).toEqual(['b'])
})

it('exercises are found by a file in a folder of theirs, below the tracks of their languages', async () => {
  for (const track of ['python', 'cpp']) {
    const solution = `same.${track === 'cpp' ? 'cpp' : 'py'}`
    const files = { solution: [solution], test: ['same_test'], example: [] }
    write(`${track}/exercises/practice/same/.meta/config.json`, JSON.stringify({ files }))
    write(`${track}/exercises/practice/same/.docs/instructions.md`, 'Do it.')
    for (const path of [solution, 'same_test']) write(`${track}/exercises/practice/same/${path}`, '')
  }
  expect([...(await loadProblems(withData(polyglot, folder))).keys()]).toEqual(['cpp/same', 'python/same'])
})

it('bytes that are not text are kept', async () => {
  task('a')
  write('a/tests/data.bin', Buffer.from([0, 255, 1]))
  const problems = await loadProblems(withData(harbor, folder))
  expect(problems.get('a')?.suite).toMatchObject({ tests: { 'data.bin': { base64: 'AP8B' } } })
})

it('a link in a task is not followed: it could name any file of this machine', async () => {
  task('a')
  symlinkSync('/etc/passwd', join(folder, 'a/tests/passwd'))
  await expect(ids(folder)).rejects.toThrow(/a\/tests\/passwd is neither a file nor a folder/)
})

it('a folder without tasks, no folder, and a folder for a benchmark that reads none are refused', async () => {
  await expect(ids(folder)).rejects.toThrow(/there is no task.toml in/)
  await expect(ids(join(folder, 'nowhere'))).rejects.toThrow(/is not a folder that can be read/)
  await expect(loadProblems(harbor)).rejects.toThrow(/name it with --data FOLDER/)
  expect(() => withData(harbor, undefined)).toThrow(/name it with --data FOLDER/)
  expect(() => withData(humaneval, folder)).toThrow(/leave out --data/)
  expect(withData(humaneval, undefined)).toBe(humaneval)
})

it('two tasks of one name are refused', async () => {
  task('x/a')
  task('y/a')
  await expect(ids(folder)).rejects.toThrow(/two problems have the id a/)
})
