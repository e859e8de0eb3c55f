/**
 * Rows of CodeScope's tasks that programs with input and output decide: synthesis, translation, repair and optimisation, on
 * problems of Codeforces. Cases are the text of a list as Python prints it; outputs are compared as ExecEval does.
 */
import { z } from 'zod'
import { BadDataError, type JudgedProblem, type Limits, type StdioCase } from '../kernel/index.js'
import { clusterLanguages } from './cluster-languages.js'
import { contestLimits, stdioSuite } from './competition-rows.js'
import { pythonLiteral } from './python-literal.js'

const cases = z.array(z.object({ input: z.string(), output: z.union([z.string(), z.array(z.string()).min(1)]) })).min(1)

/** A list, or the text of one as Python or JSON writes it. */
function listed<T extends z.ZodType>(shape: T) {
  return z.preprocess((value, ctx) => {
    if (typeof value !== 'string') return value
    try {
      return pythonLiteral(value)
    } catch {
      try {
        return JSON.parse(value)
      } catch {
        ctx.addIssue('no list of Python')
        return z.NEVER
      }
    }
  }, shape)
}

export const taskFields = {
  id: z.union([z.int(), z.string()]),
  src_uid: z.string().min(1),
  testcases: listed(cases),
  difficulty: z.number().nullish(),
}
export const samples = listed(z.array(z.string())).default([])
export const statement = {
  description: z.string(),
  input_specification: z.string().nullish(),
  output_specification: z.string().nullish(),
  sample_inputs: samples,
  sample_outputs: samples,
  notes: z.string().nullish(),
  human_solution: z.string().nullish(),
}

interface TaskRow {
  readonly id: number | string
  readonly src_uid: string
  readonly testcases: z.output<typeof cases>
  readonly difficulty?: number | null | undefined
}

/** What all of them share. */
export const codescope = {
  source: {
    title:
      'CodeScope: An Execution-based Multilingual Multitask Multidimensional Benchmark for Evaluating LLMs on Code Understanding and Generation',
    year: 2023,
    link: 'https://arxiv.org/abs/2311.08588',
    system: 12,
  },
  licence: 'MIT; problems and programs are of Codeforces and its users',
  limits: { outputBytes: 64 << 20 },
  contamination: 'problems and solutions of Codeforces, public for years.',
} as const

export function dataOf(task: string) {
  return [{ path: `WeixiangYAN__CodeScope/data/${task}_data.jsonl` }]
}

/** The language of a cluster, or of a compiler such as `GNU C++17` and `Python 3`. Throws BadDataError. */
export function languageOf(title: string, id: number | string): string {
  const known = clusterLanguages[title] ?? compilers.find(([pattern]) => pattern.test(title))?.[1]
  if (known === undefined)
    throw new BadDataError(`codescope: ${id} asks for «${title}», which is none of its languages`)
  return known
}
const compilers: readonly (readonly [RegExp, string])[] = [
  [/c#/i, 'csharp'],
  [/c\+\+/i, 'cpp'],
  [/^(?:gnu )?c(?:11|99)?$/i, 'c'],
  [/^(?:python|pypy) ?3?/i, 'python'],
]

/** Without time limits in the rows, ten seconds for compiled programs and longer for others. */
export function taskProblem(
  task: string,
  row: TaskRow,
  language: string,
  {
    prompt,
    reference,
    metadata = {},
    wrong,
  }: {
    readonly prompt: string
    readonly reference?: string | null | undefined
    readonly metadata?: Readonly<Record<string, unknown>>
    readonly wrong?: readonly string[]
  },
): JudgedProblem {
  const limits: Partial<Limits> = contestLimits(language, 10, 512)
  const { difficulty } = row
  return {
    problem: {
      id: `${task}/${row.id}`,
      language,
      kind: 'stdio',
      prompt,
      publicTests: [],
      metadata: { src_uid: row.src_uid, ...(typeof difficulty === 'number' ? { difficulty } : {}), ...metadata },
    },
    suite: stdioSuite(row.testcases.map(caseOf), {
      kind: 'floats',
      absolute: 1e-12,
      relative: 0,
      ignoreCase: 'yes-no',
    }),
    limits,
    ...(reference ? { reference } : {}),
    ...(wrong ? { wrong } : {}),
  }
}

function caseOf({ input, output }: TaskRow['testcases'][number]): StdioCase {
  const [stdout = '', ...alternatives] = [output].flat().map((text) => text.replaceAll('\r\n', '\n'))
  return { stdin: input.replaceAll('\r\n', '\n'), stdout, ...(alternatives.length > 0 ? { alternatives } : {}) }
}

export function statementOf(row: z.output<z.ZodObject<typeof statement>>): string {
  const told = [
    row.description,
    row.input_specification && `Input: ${row.input_specification}`,
    row.output_specification && `Output: ${row.output_specification}`,
    row.notes,
  ].flatMap((text) => (text?.trim() ? [text.trim()] : []))
  const shown = row.sample_inputs.map(
    (input, i) => `Sample input:\n${input.trim()}\nSample output:\n${(row.sample_outputs[i] ?? '').trim()}`,
  )
  return [...told, ...shown].join('\n\n')
}

export function fenced(language: string, code: string): string {
  return `\`\`\`${language}\n${code.trimEnd()}\n\`\`\``
}
