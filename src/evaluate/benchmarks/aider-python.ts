/** Aider's first benchmark: Exercism's exercises in Python, in the rows that SandboxFusion made of them. */
import { z } from 'zod'
import { BadDataError, type JudgedProblem, defineBenchmark } from '../../kernel/index.js'

/** Fields that hold the text of a JSON document. */
function json<T extends z.ZodType>(shape: T) {
  return z
    .string()
    .transform((text, ctx) => {
      try {
        return JSON.parse(text) as unknown
      } catch {
        ctx.addIssue('no JSON')
        return z.NEVER
      }
    })
    .pipe(shape)
}

const row = z.object({
  id: z.union([z.int(), z.string()]),
  content: z.string().min(1),
  canonical_solution: z.string().min(1),
  /** Files beside the program, in base64: the tests. The code copies the program to the name that they import. */
  test: json(z.object({ code: z.string(), asset: z.record(z.string(), z.base64()) })),
  labels: json(z.object({ task_id: z.string().regex(/^[\w-]+$/), reference: z.string().default('') })),
})

export default defineBenchmark({
  name: 'aider-python',
  summary: 'exercises of Exercism in Python, one file each, judged by their unittest classes',
  source: {
    title: 'Aider code editing benchmark, as in SandboxFusion',
    year: 2023,
    link: 'https://aider.chat/docs/benchmarks.html',
  },
  licence: 'MIT (Exercism)',
  data: [{ path: 'bytedance__SandboxFusion/sandbox/tests/datasets/samples/code_eval_aider_benchmark_v1.jsonl' }],
  row,
  *problems([rows = []]) {
    for (const each of rows) yield problemOf(each)
  },
  k: [1],
  limits: { cpuSeconds: 60, wallSeconds: 120, memoryMb: 1024 },
  contamination:
    'Exercism is public, with its tests and thousands of solutions: in training sets. The file has 5 of 133 rows.',
})

function problemOf({ content, canonical_solution: reference, test, labels }: z.output<typeof row>): JudgedProblem {
  const { task_id: id, reference: stub } = labels
  const name = `${id.replaceAll('-', '_')}.py`
  const tests = Object.fromEntries(Object.entries(test.asset).map(([path, base64]) => [path, { base64 }] as const))
  const modules = Object.keys(tests).flatMap((path) => /^(\w+_test)\.py$/.exec(path)?.[1] ?? [])
  if (modules.length === 0) throw new BadDataError(`aider-python: ${id} has no tests among its files`)
  return {
    problem: {
      id,
      language: 'python',
      kind: 'repository',
      prompt: `${content.trim()}\n\nWrite the whole of ${name}, with the names it has:\n\n\`\`\`python\n${stub.trim()}\n\`\`\``,
      starterCode: stub,
      publicTests: [],
      metadata: {},
    },
    suite: {
      kind: 'repository',
      files: { [name]: stub },
      candidate: { kind: 'file', path: name },
      tests,
      command: `python3 -m unittest -v ${modules.join(' ')}`,
      report: 'unittest',
      asReference: true,
      failToPass: [],
      passToPass: [],
    },
    reference,
  }
}
