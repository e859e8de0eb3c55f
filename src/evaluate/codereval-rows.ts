/**
 * CoderEval, one benchmark for each description and context: they are different tasks, so none of their scores are mixed.
 *
 * Candidates are functions. They take the place of one in the copy of a project that the user has (`--data FOLDER`), and a
 * program of the benchmark runs beside them: its exit status decides. `cupel report` has Acc@k, and
 * pass@k by level.
 *
 * Not verified, since neither rows nor image are here: the shape of `oracle_context` beyond JSON of lists; whether `lineno`
 * is of the signature or of a decorator; where the image keeps the tests of Java, which is why they are named here.
 * Not covered: the virtual environments of the image (the `python3` and `java` of this machine run the tests).
 */
import { z } from 'zod'
import { exitStatus } from '../execute/index.js'
import { type BenchmarkDefinition, type JudgedProblem, type RepositorySuite, shellWord } from '../kernel/index.js'
import { type CoderEvalPlace, javaPlace, javaTest, pythonPlace, sourceRoot } from './codereval-places.js'
import { type CoderEvalContext, type CoderEvalDescription, coderEvalPrompt } from './codereval-prompts.js'
import { listOf } from './python-list.js'

/** From what runs alone to what needs all of its project; the first two stand alone. */
export const coderEvalLevels = [
  'self_contained',
  'slib_runnable',
  'plib_runnable',
  'class_runnable',
  'file_runnable',
  'project_runnable',
] as const

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '')
const line = z.union([z.number().int(), z.string().regex(/^\d+$/, 'is no number of a line').transform(Number)])

/** `{"apis": "['sorted']", "classes": "[]", "vars": "[]"}`: an object of lists, or its text. */
const oracle = z.union([z.string(), z.record(z.string(), z.unknown())]).transform((value, ctx) => {
  const names = oracleNames(value)
  if (names) return names
  ctx.addIssue({ code: 'custom', message: 'is no object of lists of names' })
  return z.NEVER
})

function oracleNames(value: string | Record<string, unknown>): Record<string, string[]> | null {
  try {
    const read: unknown = typeof value === 'string' ? (value.trim() === '' ? {} : JSON.parse(value)) : value
    if (typeof read !== 'object' || read === null || Array.isArray(read)) return null
    const lists = Object.entries(read).map(([kind, list]) => {
      if (typeof list === 'string' && /^\[\s*\]$/.test(list.trim())) return [kind, []] as const
      const names = typeof list === 'string' ? listOf(list) : list
      return [kind, Array.isArray(names) && names.every((name) => typeof name === 'string') ? names : null] as const
    })
    return lists.some(([, names]) => names === null) ? null : Object.fromEntries(lists as [string, string[]][])
  } catch {
    return null
  }
}

/** A path or name becomes part of a path on this machine. */
const safe = (value: string) =>
  !value.startsWith('/') && !/[\0\\]/.test(value) && !value.split('/').some((part) => part === '..' || part === '.')

export const coderEvalRow = z
  .object({
    _id: z.string().regex(/^[\w-]+$/, 'is no id'),
    name: z.string().regex(/^[\p{L}_$][\p{L}\p{N}_$]*$/u, 'is no name of a function'),
    project: z.string().min(1).refine(safe, 'leaves the folder'),
    level: z.enum(coderEvalLevels),
    lineno: line,
    end_lineno: line.nullish(),
    code: z.string().min(1),
    docstring: text,
    human_label: text,
    oracle_context: oracle,
    file_content: text,
    /** Python. */
    file_path: z.string().refine(safe, 'leaves the project').nullish(),
    /** Java. */
    file_name: z
      .string()
      .refine((name) => safe(name) && !name.includes('/'), 'is no name of a file')
      .nullish(),
    package: z
      .string()
      .regex(/^[\w.$/]*$/, 'is no package')
      .nullish(),
    class_name: text,
  })
  .refine(({ file_path, file_name }) => Boolean(file_path || file_name), 'names no file (file_path or file_name)')

type Row = z.output<typeof coderEvalRow>

export function coderEval(
  name: string,
  description: CoderEvalDescription,
  context: CoderEvalContext,
  more: Pick<BenchmarkDefinition, 'acceptance'> = {},
): BenchmarkDefinition<typeof coderEvalRow> {
  const described = description === 'human' ? 'described by people' : 'with their docstrings'
  const beside = { none: '', file: ' and the rest of their file', oracle: ' and the names they need' }[context]
  return {
    name,
    summary: `functions of real Python and Java projects, ${described}${beside} (--data FOLDER)`,
    source: {
      title: 'CoderEval: A Benchmark of Pragmatic Code Generation with Generative Pre-trained Models',
      year: 2023,
      link: 'https://arxiv.org/abs/2302.00288',
      system: 91,
    },
    ...more,
    licence: 'not stated in its repository; the projects have their own',
    data: [],
    rowFields: ['_id', 'human_label', 'oracle_context'],
    row: coderEvalRow,
    *problems([rows = []], folder = '.') {
      for (const each of rows) yield problemOf(each, folder, description, context)
    },
    k: [1, 5, 10],
    namesUsed: ({ metadata }) => Object.values(metadata.oracle as Row['oracle_context']).flat(),
    limits: { cpuSeconds: 60, wallSeconds: 90, memoryMb: 4096, processes: 256, diskMb: 512 },
    contamination: 'functions of popular public projects, which are older than the benchmark; public since 2023.',
  }
}

function problemOf(row: Row, folder: string, source: CoderEvalDescription, context: CoderEvalContext): JudgedProblem {
  const { _id: id, name, project, level, code, class_name: className, oracle_context: oracle } = row
  const language = row.file_path ? 'python' : 'java'
  const file = row.file_path || `${packageFolder(row)}${row.file_name}`
  const place = { language, name, line: row.lineno, text: code } as const
  const asked = {
    ...{ place, code, project, path: file, fileContent: row.file_content, oracle },
    description: source === 'human' ? row.human_label : row.docstring,
    ...(language === 'java' && className !== '' ? { className } : {}),
  }
  const shown = coderEvalPrompt(asked, context)
  const prompt = shown ?? coderEvalPrompt(asked, 'none') ?? asked.description
  const metadata = {
    level,
    standalone: level === 'self_contained' || level === 'slib_runnable' ? 'standalone' : 'non-standalone',
    project,
    oracle,
    // Where what was to be shown is not there, problems are told apart by it.
    context: shown === null ? 'missing' : context,
  }
  const found = row.file_path ? pythonPlace(folder, project, row.file_path, name) : javaPlace(folder, project, file)
  return {
    problem: { id, language, kind: 'function', prompt, entryPoint: name, publicTests: [], metadata },
    suite: { ...common(found, place), ...(language === 'python' ? pythonRun(found) : javaRun(found, row, folder)) },
    reference: code,
  }
}

function packageFolder({ package: name }: Row): string {
  return name ? `${name.replaceAll('.', '/')}/` : ''
}

function common(
  { folder, path }: CoderEvalPlace,
  place: Pick<Extract<RepositorySuite['candidate'], { kind: 'function' }>, 'language' | 'name' | 'line' | 'text'>,
) {
  return {
    kind: 'repository',
    files: {},
    checkout: { kind: 'folder', path: folder },
    candidate: { kind: 'function', path, ...place },
    // A candidate changes nothing but its function.
    restored: [],
    report: 'exit-status',
    failToPass: [exitStatus],
    passToPass: [],
  } as const
}

const quoted = (path: string) => shellWord(`./${path}`)

/**
 * The program as `python3 PATH` runs it; a word that it cannot know is written behind its end. Its tests raise where they
 * fail: an exit before that, with whatever status, has shown nothing.
 */
const untilItsEnd = `word="$(od -An -N12 -tx1 /dev/urandom | tr -d ' \\n')"
PYTHONPATH="$PWD" python3 -c 'import os, runpy, sys
word, (end, path) = sys.stdin.readline().strip(), sys.argv[1:]
sys.argv, sys.path[0] = [path], os.path.dirname(os.path.abspath(path))
runpy.run_path(path, run_name="__main__")
with open(end, "w") as file: file.write(word)' "$TMPDIR/cupel-end"`
const cameToItsEnd = ' <<<"$word" && test "$(cat "$TMPDIR/cupel-end")" = "$word"'

function pythonRun({ path }: CoderEvalPlace) {
  const compile = 'import sys; name = sys.argv[1]; compile(open(name, "rb").read(), name, "exec")'
  return {
    tests: {},
    build: `python3 -c '${compile}' ${quoted(path)}`,
    command: `${untilItsEnd} ${quoted(path)}${cameToItsEnd}`,
    needs: 'a Python with the dependencies of the project',
  }
}

/** Small enough to start within the limits of a sandbox. */
const machine =
  '-XX:TieredStopAtLevel=1 -Xmx1g -Xss4m -XX:+UseSerialGC -XX:CompressedClassSpaceSize=64m -XX:ReservedCodeCacheSize=64m'
const compilerOptions = `${machine.replace(/(^| )-/g, '$1-J-')} -encoding UTF-8 -proc:none -nowarn -implicit:class`

/** The changed file alone is compiled, against classes and jars of the project and, where there are none, its sources. */
function javaRun({ path }: CoderEvalPlace, row: Row, folder: string) {
  const test = javaTest(folder, row._id)
  const main = `${/^\s*package\s+([\w.]+)\s*;/m.exec(test ?? '')?.[1]?.concat('.') ?? ''}NewTestFile`
  const sources = quoted(sourceRoot(path, row.package ?? ''))
  const set = `out="$TMPDIR/classes"; mkdir -p "$out"
old="$(find . -type d -path '*/target/classes' -printf '%p:')$(find . -name '*.jar' -printf '%p:')"
javac=(javac ${compilerOptions} -sourcepath ${sources} -d "$out" -cp "$out:$old")`
  return {
    tests: test === null ? {} : { '.cupel/NewTestFile.java': test },
    build: `${set}\n"\${javac[@]}" ${quoted(path)}`,
    command: `${set}\n"\${javac[@]}" ./.cupel/NewTestFile.java && java ${machine} -cp "$out:$old" ${main}`,
    needs: `Java 8 with the dependencies of the project, and tests/${row._id}/NewTestFile.java beside the projects`,
  }
}
