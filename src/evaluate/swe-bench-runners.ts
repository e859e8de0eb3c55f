/**
 * How the repositories of SWE-bench run their tests: facts of its harness (swebench/harness/constants), without what it does
 * to build their environments. `python -m pytest` stands for `pytest`. What is not here is run as most are.
 */
import { type ReportFormat, shellWord } from '../kernel/index.js'

interface Runner {
  /** The tests follow it. */
  readonly command: string
  readonly report: ReportFormat
  /** Where the package lies, if not in the root: the harness installs it. */
  readonly sources?: string
  /** Tests are named by module. */
  readonly modules?: true
  readonly variables?: string
}

const pytest: Runner = { command: 'python3 -m pytest -rA', report: 'swe-bench-pytest' }
const oldAstropy: Runner = {
  ...pytest,
  command: `${pytest.command} -vv -o console_output_style=classic --tb=no -p no:nose`,
}
const django: Runner = {
  command: 'python3 ./tests/runtests.py --verbosity 2 --settings=test_sqlite --parallel 1',
  report: 'swe-bench-unittest',
  modules: true,
  variables: 'LC_ALL=C.UTF-8 PYTHONIOENCODING=utf8',
}

const runners: Readonly<Record<string, Runner>> = {
  'django/django': django,
  'matplotlib/matplotlib': { ...pytest, sources: 'lib' },
  'marshmallow-code/marshmallow': { ...pytest, sources: 'src' },
  'pallets/flask': { ...pytest, sources: 'src' },
  'pytest-dev/pytest': { ...pytest, sources: 'src' },
  'sqlfluff/sqlfluff': { ...pytest, sources: 'src' },
  // The harness has tox run pytest -rA, in the environment that is there.
  'sphinx-doc/sphinx': pytest,
  'sympy/sympy': {
    command: 'python3 bin/test -C --verbose',
    report: 'sympy',
    variables: "PYTHONWARNINGS='ignore::UserWarning,ignore::SyntaxWarning'",
  },
}

const versions: Readonly<Record<string, Runner>> = {
  ...Object.fromEntries(
    ['0.1', '0.2', '0.3', '0.4', '1.1', '1.2', '1.3'].map((one) => [`astropy/astropy ${one}`, oldAstropy]),
  ),
  'django/django 1.9': { ...django, command: 'python3 ./tests/runtests.py --verbosity 2' },
}

/** What a test patch may bring beside tests. */
const noTest = ['.json', '.png', 'csv', '.txt', '.md', '.jpg', '.jpeg', '.pkl', '.yml', '.yaml', '.toml']

/** The command for the tests in these files, and how its report is read. */
export function sweBenchRun(repository: string, version: string, changed: readonly string[]) {
  const runner = versions[`${repository} ${version}`] ?? runners[repository] ?? pytest
  const files = changed.filter((path) => !noTest.some((end) => path.endsWith(end)))
  const tests = runner.modules ? files.filter(isModule).map(moduleOf) : files
  const folder = runner.sources === undefined ? '$PWD' : `$PWD/${runner.sources}`
  const variables = `PYTHONPATH="${folder}"${runner.variables === undefined ? '' : ` ${runner.variables}`}`
  const { report, sources } = runner
  return { command: [variables, runner.command, ...tests.map(quoted)].join(' '), report, sources }
}

function isModule(path: string): boolean {
  return /(^|\/)(tests\.py|test_[^/]*)$|\/tests\/|\/test_/.test(path)
}

function moduleOf(path: string): string {
  return path
    .replace(/\.py$/, '')
    .replace(/^tests\//, '')
    .replaceAll('/', '.')
}

function quoted(word: string): string {
  return /^[\w./-]+$/.test(word) ? word : shellWord(word)
}
