/**
 * A folder of an Exercism exercise: `.docs` with what is asked, `.meta/config.json` with which files are the solution, the
 * tests and an example, and the files themselves.
 */
import { z } from 'zod'
import { BadDataError, type FileTree, type JudgedProblem, describeError, firstIssue } from '../../kernel/index.js'
import { cpp, go, java, javascript, python, rust } from './suites.js'
import type { Exercise, ExerciseSuite } from './suite.js'

const content = z.union([z.string(), z.object({ base64: z.string() })])
export const exerciseRow = z.object({ name: z.string(), files: z.record(z.string(), content) })

const paths = z.array(z.string().min(1)).default([])
const config = z.object({
  blurb: z.string().optional(),
  files: z.object({ solution: paths, test: paths, example: paths, exemplar: paths }),
})

const languages: Readonly<Record<string, readonly [language: string, suite: (exercise: Exercise) => ExerciseSuite]>> = {
  py: ['python', python],
  go: ['go', go],
  rs: ['rust', rust],
  js: ['javascript', javascript],
  java: ['java', java],
  cpp: ['cpp', cpp],
  h: ['cpp', cpp],
}
/** Of the exercise's own, and nothing that its tests read. */
const aside = /^\.(?:meta|docs|approaches|articles)\//
/** Named as solutions by some exercises; the benchmark does not show them for editing. */
const buildFiles = /(?:^|\/)(?:CMakeLists\.txt|Cargo\.toml)$/

export function exerciseProblem({ name, files }: z.output<typeof exerciseRow>): JudgedProblem {
  const { solution: listed, test, example, exemplar } = configOf(name, files)
  const solution = listed.filter((path) => !buildFiles.test(path))
  const [language, suiteOf] = languages[solution.map(ending).find((one) => one in languages) ?? ''] ?? []
  if (language === undefined || suiteOf === undefined)
    throw new BadDataError(`${name}/.meta/config.json: no file of the solution is in a language that is judged here`)
  for (const path of [...test, ...solution])
    if (files[path] === undefined) throw new BadDataError(`${name}: ${path} of .meta/config.json is not there`)
  if (test.length === 0) throw new BadDataError(`${name}/.meta/config.json names no tests`)
  const tree = Object.fromEntries(Object.entries(files).filter(([path]) => !aside.test(path)))
  const examples = example.length > 0 ? example : exemplar
  const reference = referenceOf(examples, solution, files)
  const { restored = [], ...suite } = suiteOf({ files: tree, solution, test, all: files })
  return {
    problem: {
      id: `${language}/${name}`,
      language,
      kind: 'repository',
      prompt: promptOf(name, files, solution),
      files: solution,
      publicTests: [],
      metadata: { exercise: name },
    },
    suite: {
      kind: 'repository',
      files: tree,
      candidate: { kind: 'files' },
      tests: {},
      restored: [
        ...notItsOwn,
        ...Object.keys(tree)
          .filter((path) => !solution.includes(path))
          .map(rooted),
        ...restored,
      ],
      asReference: true,
      failToPass: [],
      passToPass: [],
      limits: { cpuSeconds: 180, wallSeconds: 360, memoryMb: 2048, diskMb: 512, processes: 256 },
      ...suite,
    },
    ...(reference === null ? {} : { reference: JSON.stringify(reference) }),
  }
}

/** New files that would decide how tests are found or run. What is there and no part of the solution stays as it is. */
const notItsOwn = [
  ...['conftest.py', 'pytest.ini', '.pytest.ini', 'setup.cfg', 'tox.ini', 'pyproject.toml', '*.pth', 'package.json'],
  ...['sitecustomize.py', 'usercustomize.py', 'node_modules', '/unittest', '/unittest.py'],
  ...['/pytest', '/pytest.py', '/_pytest', '/pluggy', '/pluggy.py'],
]

function rooted(path: string): string {
  return `/${path}`
}

function configOf(name: string, files: FileTree) {
  let json: unknown
  try {
    json = JSON.parse(String(files['.meta/config.json']))
  } catch (error) {
    throw new BadDataError(`${name}/.meta/config.json is no JSON: ${describeError(error)}`, { cause: error })
  }
  const read = config.safeParse(json)
  if (!read.success) throw new BadDataError(`${name}/.meta/config.json: ${firstIssue(read.error)}`)
  return read.data.files
}

/**
 * Which file of the solution each example is: what is called the same; the only one with its ending; else the next one. What
 * an example has beside that stands in the folder of the solution.
 */
function referenceOf(
  examples: readonly string[],
  solution: readonly string[],
  files: FileTree,
): Record<string, string> | null {
  const reference: Record<string, string> = {}
  const free = new Set(solution)
  for (const path of examples) {
    const text = files[path]
    if (typeof text !== 'string' || buildFiles.test(path) || /\.toml$/.test(path)) continue
    const alike = [...free].filter((one) => ending(one) === ending(path))
    const place = [...free].find((one) => base(one) === base(path)) ?? (stands(path) ? alike[0] : undefined)
    const kept = place ?? beside(path, solution)
    free.delete(kept)
    reference[kept] = text
  }
  return Object.keys(reference).length > 0 ? reference : null
}

/** `example.py`, `proof.ci.js`, `exemplar.go` stand for the solution; other names are their own. */
function stands(path: string): boolean {
  return /^(?:example|exemplar|proof|reference)\b/.test(base(path))
}

function beside(path: string, solution: readonly string[]): string {
  const folder = solution.find((one) => ending(one) === ending(path))?.replace(/[^/]*$/, '') ?? ''
  return `${folder}${base(path)}`
}

function promptOf(name: string, files: FileTree, solution: readonly string[]): string {
  const docs = ['introduction.md', 'instructions.md', 'instructions.append.md'].flatMap((one) => {
    const text = files[`.docs/${one}`]
    return typeof text === 'string' ? [text.trim()] : []
  })
  if (docs.length === 0) throw new BadDataError(`${name}: there is no .docs/instructions.md`)
  const stubs = solution.map((path) => fenced(path, String(files[path])))
  return [
    ...docs,
    '####',
    'Modify these files so that the code does what is asked. Keep the names of functions and classes: tests call them.',
    'Use only the standard library. Give each file that you change in full, in this form, its path in a line of its own:',
    ...stubs,
  ].join('\n\n')
}

function fenced(path: string, text: string): string {
  const fence = '`'.repeat(Math.max(3, ...[...text.matchAll(/`{3,}/g)].map(([run]) => run.length + 1)))
  return `${path}\n${fence}\n${text.trimEnd()}\n${fence}`
}

function base(path: string): string {
  return path.replace(/^.*\//, '')
}

function ending(path: string): string {
  return /\.(\w+)$/.exec(path)?.[1] ?? ''
}
