/**
 * Programs that solve nothing: the empty one, and those that always answer the same, whatever is asked. Tests that one
 * of them passes are weak; of a prediction, the answer is one that anybody would guess.
 * Not covered: functions in other languages than Python, JavaScript and TypeScript; classes as entry points are replaced
 * by functions.
 */
import { contradictions } from '../code/index.js'
import type { JudgedProblem, Problem, StdioSuite } from '../kernel/index.js'

export interface TrivialProgram {
  /** `return None`, `echo the input`. */
  readonly what: string
  readonly code: string
  /** Where output alone decides, it may be another than the problem's. */
  readonly language: string
}

export type TrivialPrograms = { readonly programs: readonly TrivialProgram[] } | { readonly none: string }

const emptyFile = 'diff --git a/cupel-nothing b/cupel-nothing\nnew file mode 100644\nindex 0000000..e69de29\n'
const rewarding = 'mkdir -p /logs/verifier && echo 1 > /logs/verifier/reward.txt'

export function trivialPrograms(judged: JudgedProblem): TrivialPrograms {
  const { problem, suite } = judged
  if (suite.kind === 'stdio') return { programs: printing(suite) }
  if (suite.kind === 'prediction')
    return {
      programs: answers(
        pythonValues,
        (value) => value,
        (value) => value,
      ),
    }
  if (suite.kind === 'task')
    return {
      programs: [
        { what: 'do nothing', code: 'true', language: problem.language },
        { what: 'write the reward', code: rewarding, language: problem.language },
      ],
    }
  if (suite.kind === 'repository' && suite.candidate.kind === 'patch')
    return { programs: [{ what: 'add an empty file', code: emptyFile, language: problem.language }] }
  if (suite.kind === 'repository' && suite.candidate.kind === 'edits')
    return {
      programs: [
        {
          what: 'add an empty file',
          code: 'note.txt\n<<<<<<< SEARCH\n=======\n>>>>>>> REPLACE\n',
          language: problem.language,
        },
      ],
    }
  if (suite.kind === 'repository' && suite.candidate.kind === 'files')
    return { programs: [{ what: 'change nothing', code: '{}', language: problem.language }] }
  const { entryPoint = '', language } = problem
  if (entryPoint === '') return { none: `no constant programs are known for tests of kind ${suite.kind}` }
  const write = writers[language]
  if (!write) return { none: `no constant programs are known for functions in ${language}` }
  if (!/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(entryPoint)) return { none: `${entryPoint} is no plain name of a function` }
  const { values, argument, comment, define } = write
  const expected = firstExpected(judged, problem)
  const all = [...values, ...(expected === undefined || values.includes(expected) ? [] : [expected]), argument]
  const programs = answers(
    all,
    (value) => define(entryPoint, value),
    (value) => `return ${value === argument ? 'its argument' : value}`,
  )
  return {
    programs: [
      { what: 'the empty program', code: `${comment} nothing\n`, language },
      ...inLanguage(programs, language),
    ],
  }
}

const pythonValues = ['None', '0', '1', '""', '[]', '{}', 'True', 'False']

interface Writer {
  readonly values: readonly string[]
  readonly argument: string
  readonly comment: string
  readonly define: (name: string, value: string) => string
}
const script: Writer = {
  values: ['undefined', 'null', '0', '1', '""', '[]', '({})', 'true', 'false'],
  argument: 'args[0]',
  comment: '//',
  define: (name, value) => `function ${name}(...args) { return ${value} }\n`,
}
const writers: Readonly<Record<string, Writer>> = {
  python: {
    values: pythonValues,
    argument: '(args or [*kwargs.values()] or [None])[0]',
    comment: '#',
    define: (name, value) => `def ${name}(*args, **kwargs):\n    return ${value}\n`,
  },
  javascript: script,
  typescript: { ...script, define: (name, value) => `function ${name}(...args: any[]): any { return ${value} }\n` },
}

function answers(
  values: readonly string[],
  code: (value: string) => string,
  what: (value: string) => string,
): TrivialProgram[] {
  return values.map((value) => ({ what: what(value), code: code(value), language: 'python' }))
}

function inLanguage(programs: readonly TrivialProgram[], language: string): TrivialProgram[] {
  return programs.map((one) => ({ ...one, language }))
}

/** What the first assertion expects: right for all of them, if all expect the same. */
function firstExpected({ suite }: JudgedProblem, { language }: Problem): string | undefined {
  if (suite.kind !== 'assertions') return undefined
  const found = contradictions(suite.script, language)
  return 'unreadable' in found ? undefined : found.find(({ expected }) => expected !== undefined)?.expected
}

function printing({ cases }: StdioSuite): TrivialProgram[] {
  const write = (what: string, text: string) => ({
    what,
    code: `import sys\nsys.stdout.buffer.write(${text})\n`,
    language: 'python',
  })
  const [first] = cases
  return [
    { what: 'print nothing', code: 'pass\n', language: 'python' },
    ...(first ? [write('print the first expected output', `${bytes(first.stdout)}`)] : []),
    write('echo the input', 'sys.stdin.buffer.read()'),
  ]
}

/** As Python writes a text of any characters. */
function bytes(text: string): string {
  return `bytes.fromhex("${Buffer.from(text).toString('hex')}")`
}
