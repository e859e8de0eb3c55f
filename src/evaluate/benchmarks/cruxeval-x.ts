/** CRUXEval-X: CRUXEval's functions translated, with an assertion in the language: fill in its output, or its input. */
import { z } from 'zod'
import { BadDataError, type JudgedProblem, defineBenchmark } from '../../kernel/index.js'

const row = z.object({
  id: z.union([z.int(), z.string()]),
  /** The function and a program that asserts what it gives. Without it the translation has failed. */
  code: z.string().optional(),
  /** The end of `code`, with `????` in place of the input. */
  input_reasoning: z.string().optional(),
  output_reasoning: z.string().optional(),
})

const languages = {
  ...{ cpp: 'cpp', go: 'go', java: 'java', js: 'javascript', php: 'php', py: 'python', rb: 'ruby', rs: 'rust' },
  ts: 'typescript',
} as const
type Short = keyof typeof languages

export default defineBenchmark({
  name: 'cruxeval-x',
  summary:
    'some 700 short functions each in C++, Go, Java, JavaScript, PHP, Python, Ruby, Rust and TypeScript: predict output and input',
  source: {
    title: 'CRUXEval-X: A Benchmark for Multilingual Code Reasoning, Understanding and Execution',
    year: 2024,
    link: 'https://arxiv.org/abs/2408.13001',
    system: 15,
  },
  acceptance: {
    a: 'a recipe translates programs and takes what its converted assertion accepts (not built)',
    b: 'another input that reaches the output is right',
    c: 'correlations between languages equal those of a published program for them (not built)',
    d: 'every item that is read has an assertion that its published value satisfies, in each of nine languages',
  },
  licence: 'not stated in the files; CRUXEval is MIT',
  data: Object.keys(languages).map((short) => ({
    path: `CRUXEVAL-X__cruxeval-x/datasets/cruxeval_preprocessed/${short}.jsonl`,
    optional: true,
  })),
  row,
  *problems(files) {
    for (const [i, rows] of files.entries())
      for (const each of rows) yield* problemsOf(Object.keys(languages)[i] as Short, each)
  },
  complete: (_, completion) => completion,
  k: [1],
  limits: { cpuSeconds: 10, wallSeconds: 60, memoryMb: 2048 },
  contamination:
    'translated by DeepSeek-Coder 33B from functions that Code Llama 34B wrote; who trains on their output has an advantage. ' +
    'The assertions are the published ones: those of Go compare what fmt prints, those of JavaScript and TypeScript use the ' +
    'loose assert.deepEqual, so that "3" is as right as 3. Ten more languages are published and not read.',
})

const gap = '????'

function* problemsOf(short: Short, each: z.output<typeof row>): Iterable<JudgedProblem> {
  const { id, code } = each
  if (code === undefined) return
  for (const task of ['output', 'input'] as const) {
    const tail = each[`${task}_reasoning`]
    if (tail === undefined) throw new BadDataError(`cruxeval-x: ${short}/${id} has no ${task}_reasoning`)
    const parts = partsOf(code, tail)
    if (!parts) throw new BadDataError(`cruxeval-x: the ${task}_reasoning of ${short}/${id} is not the end of its code`)
    const { before, value, after } = parts
    yield {
      problem: {
        id: `${short}/${id}/${task}`,
        language: languages[short],
        kind: 'predict',
        prompt: promptOf(task, `${before}${gap}${after}`, languages[short]),
        publicTests: [],
        metadata: { task, item: id },
      },
      suite: {
        kind: 'gap',
        ...(short === 'go' ? inGo(before, after) : { before, after }),
        ...(task === 'input' ? { several: true } : {}),
      },
      reference: value,
    }
  }
}

/** The gap is the one that `code` has a value for; a text of the program may look like another. */
function partsOf(code: string, tail: string) {
  for (let at = tail.indexOf(gap); at >= 0; at = tail.indexOf(gap, at + 1)) {
    const head = tail.slice(0, at)
    const after = tail.slice(at + gap.length)
    const start = code.lastIndexOf(head)
    if (start < 0 || !code.endsWith(after)) continue
    const from = start + head.length
    if (from <= code.length - after.length)
      return { before: code.slice(0, from), value: code.slice(from, code.length - after.length), after }
  }
  return null
}

/** What `go test` would do with it. */
function inGo(before: string, after: string) {
  const main = `
func main() {
	testing.Main(func(string, string) (bool, error) { return true, nil }, []testing.InternalTest{{Name: "TestF", F: TestF}}, nil, nil)
}
`
  return { before: before.replace(/^package \w+/m, 'package main'), after: after + main }
}

function promptOf(task: 'output' | 'input', program: string, language: string): string {
  const asked =
    task === 'output'
      ? 'Which value in place of ???? makes this assertion hold?'
      : 'Which arguments in place of ???? make this assertion hold? There may be several; one choice is enough.'
  return `${asked} The function may be wrong or unfinished; what it does is asked, not what it should do.
Answer with one block of code that holds nothing but what stands in place of ????: literals of the language, no calculations.

\`\`\`${language}
${program.trim()}
\`\`\``
}
