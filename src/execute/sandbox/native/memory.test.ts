/** Programs of a warm interpreter are forks of it: what earlier jobs sent and said must not be in their memory. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type AssertionSuite, limitsFrom } from '../../../kernel/index.js'
import { Sandbox } from '../sandbox.js'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await Sandbox.open({ isolation: 'native', workers: 1 })
})
afterAll(() => sandbox.close())

/** Counts a word in all memory of its process. A word that nobody ever wrote counts too: it is there to be looked for. */
const count = `
import re
def count(word):
    found = 0
    with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", 0) as memory:
        for line in maps:
            start, end, readable = re.match("([0-9a-f]+)-([0-9a-f]+) (.)", line).groups()
            if readable != "r" or "[v" in line: continue
            try:
                memory.seek(int(start, 16))
                found += memory.read(int(end, 16) - int(start, 16)).count(word)
            except OSError: pass
    return found
def counts(words): return [count(bytes(reversed(word))) for word in words]
`
const backwards = (words: readonly string[]) =>
  `[${words.map((word) => `b"${[...word].reverse().join('')}"`).join(', ')}]`
const words = ['SourceBefore', 'OutputBefore', 'ErrorBefore', 'InputBefore', 'FileBefore', 'HeldBefore', 'HiddenTest']
const control = 'NobodyWroteThis'

const suite: AssertionSuite = {
  kind: 'assertions',
  trusted: '',
  script: `# HiddenTest ${'x'.repeat(2000)}\nassert f(2) == 4, "HiddenTest"`,
  entryPoint: 'f',
}
const python = (source: string, files: Record<string, string> = {}) => ({
  language: 'python',
  files: { 'main.py': source, ...files },
  entry: 'main.py',
})

it('a program finds nothing of the programs and tests before it in its memory', async () => {
  const source = `# SourceBefore\nimport sys\nprint("Output" + "Before" * 2000)\nprint("Error" + "Before", file=sys.stderr)`
  const before = python(source, { 'data.txt': 'FileBefore'.repeat(1000) })
  const limits = limitsFrom({ cpuSeconds: 5 })
  for (let i = 0; i < 3; i++) {
    await sandbox.run({ ...before, stdin: 'InputBefore'.repeat(500) })
    for await (const _ of sandbox.runInputs(python('# HeldBefore'), [{}, {}]));
    await sandbox.examine({ language: 'python', suite, code: 'def f(x): return x * 2', limits })
  }
  const look = `${count}\nprint(counts(${backwards([...words, control])}))`
  const { stdout, stderr } = await sandbox.run(python(look))
  const [none, ...found] = (JSON.parse(stdout || '[]') as number[]).reverse()
  expect(none, stderr).toBeGreaterThan(0)
  expect(found.reverse()).toEqual(words.map(() => none))
})

it('a candidate finds nothing of the tests that judge it in its memory', async () => {
  const code = `${count}\ndef f(x):\n    print(counts(${backwards(['HiddenTest', control])}), flush=True)\n    return 4`
  const examined = await sandbox.examine({ language: 'python', suite, code, limits: limitsFrom({ cpuSeconds: 5 }) })
  const [found, none] = JSON.parse(examined.stdout) as number[]
  expect(examined.ended).toBe('passed')
  expect(none).toBeGreaterThan(0)
  expect(found).toBe(none)
})
