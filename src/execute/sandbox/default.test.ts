import { afterAll, expect, it } from 'vitest'
import { sandbox } from './default.js'

afterAll(() => sandbox.close())
const program = { language: 'python', files: { 'main.py': 'print(int(input()) * 2)' }, entry: 'main.py' }

it('opens itself, runs, and opens again after it was closed', async () => {
  expect((await sandbox.run({ ...program, stdin: '21' })).stdout).toBe('42\n')
  await sandbox.close()
  const outputs: string[] = []
  for await (const done of sandbox.runInputs(program, [{ stdin: '1' }, { stdin: '2' }])) outputs.push(done.stdout)
  for await (const done of sandbox.runMany([{ ...program, stdin: '3' }])) outputs.push(done.stdout)
  expect(outputs).toEqual(['2\n', '4\n', '6\n'])
})
