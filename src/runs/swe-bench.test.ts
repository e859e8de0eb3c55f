/** Instances of SWE-bench: real rows, and small repositories judged from a clone and a file of predictions. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { benchmarks } from '../evaluate/index.js'
import { Sandbox } from '../execute/index.js'
import type { Benchmark, Format, RepositorySuite } from '../kernel/index.js'
import { convert } from './convert.js'
import { evaluate } from './evaluate.js'
import { formats } from './formats/index.js'
import { loadProblems } from './problems.js'
import { gather } from './reports/gather.js'
import { withData } from './task-folders.js'

const sweBench = benchmarks.find(({ name }) => name === 'swe-bench') as Benchmark
let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cupel-swe-bench-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const write = (path: string, content: string) => {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), content)
}
const writeLines = (path: string, rows: readonly unknown[]) =>
  write(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
const git = (where: string, ...args: string[]) =>
  execFileSync('git', ['-C', join(folder, where), '-c', 'user.name=t', '-c', 'user.email=t@t', ...args], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, HOME: folder, GIT_CONFIG_NOSYSTEM: '1' },
  })

const calc = 'def add(a, b):\n    return a - b\n\n\ndef double(a):\n    return 2 * a\n'
const patchOf = (path: string, from: string, to: string) => {
  const lines = (text: string, sign: string) => text.replace(/^(?=[\s\S])/gm, sign)
  const count = (text: string) => text.split('\n').length - 1
  const old = from === '' ? 'new file mode 100644\n--- /dev/null' : `--- a/${path}`
  const range = `@@ -${from === '' ? 0 : 1},${count(from)} +1,${count(to)} @@`
  return `diff --git a/${path} b/${path}\n${old}\n+++ b/${path}\n${range}\n${lines(from, '-')}${lines(to, '+')}`
}
const gold = patchOf('calc.py', calc, calc.replace('a - b', 'a + b'))

describe('small repositories', () => {
  const header = 'import unittest\nfrom calc import add, double\n\n\nclass T(unittest.TestCase):\n'
  const tests = `${header}    def test_double(self):\n        """Doubles (#1)."""\n        self.assertEqual(double(2), 4)\n`
  const more = `${tests}\n    def test_add(self):\n        self.assertEqual(add(2, 3), 5)\n`
  const runner =
    'import sys, unittest\nsys.path.insert(0, "tests")\nunittest.main(None, argv=["x", "-v", *[a for a in sys.argv[1:] if a.startswith("sums")]])\n'
  const common = { version: '3.0', patch: gold, problem_statement: 'add subtracts', hints_text: 'look at the sign' }

  /** A clone with one commit of the repository before its issue was solved. */
  function repository(name: string, files: Readonly<Record<string, string>>, bare: boolean): string {
    for (const [path, content] of Object.entries(files)) write(`${name}/${path}`, content)
    git(name, 'init', '--quiet')
    git(name, 'add', '--all')
    git(name, 'commit', '--quiet', '--message', 'before')
    const commit = git(name, 'rev-parse', 'HEAD').trim()
    if (bare) {
      renameSync(join(folder, name, '.git'), join(folder, `${name}.git`))
      rmSync(join(folder, name), { recursive: true })
    }
    return commit
  }

  let sandbox: Sandbox
  beforeAll(async () => {
    sandbox = await Sandbox.open({ isolation: 'native' })
    const django = repository(
      'django__django',
      { 'calc.py': calc, 'tests/sums/__init__.py': '', 'tests/sums/tests.py': tests, 'tests/runtests.py': runner },
      true,
    )
    const flask = repository('pallets__flask', { 'src/calc.py': calc, 'tests/test_calc.py': tests }, false)
    writeLines('rows.jsonl', [
      {
        ...common,
        repo: 'django/django',
        instance_id: 'django__django-1',
        base_commit: django,
        test_patch: patchOf('tests/sums/tests.py', tests, more),
        FAIL_TO_PASS: '["test_add (sums.tests.T)"]',
        PASS_TO_PASS: "['Doubles (#1).']",
      },
      {
        ...common,
        repo: 'pallets/flask',
        instance_id: 'pallets__flask-1',
        base_commit: flask,
        patch: gold.replaceAll('/calc.py', '/src/calc.py'),
        test_patch: patchOf('tests/test_calc.py', tests, more),
        FAIL_TO_PASS: ['tests/test_calc.py::T::test_add'],
        PASS_TO_PASS: ['tests/test_calc.py::T::test_double'],
      },
      {
        ...common,
        repo: 'psf/requests',
        instance_id: 'psf__requests-1',
        base_commit: flask,
        test_patch: '',
        FAIL_TO_PASS: ['a.py::test'],
        PASS_TO_PASS: [],
      },
    ])
  }, 60_000)
  afterAll(() => sandbox.close())

  let runs = 0
  async function verdicts(predictions: readonly (readonly [string, string | null])[]) {
    const path = join(folder, 'preds.json')
    const out = join(folder, `run-${runs++}`)
    // There is one prediction for each instance in a file; several are read all the same.
    write(
      'preds.json',
      predictions
        .map(([id, patch]) => `${JSON.stringify({ instance_id: id, model_name_or_path: 'm', model_patch: patch })}\n`)
        .join(''),
    )
    await evaluate({
      benchmark: withData(sweBench, folder),
      source: { kind: 'samples', path },
      sandbox,
      out,
      resume: false,
      limits: { cpuSeconds: 20, wallSeconds: 60, memoryMb: 512 },
      quiet: true,
      command: ['test'],
      cupel: '0',
    })
    const lines = readFileSync(join(out, 'verdicts.jsonl'), 'utf8').trim().split('\n')
    return lines.map((line) => JSON.parse(line)).sort((a, b) => a.sample - b.sample)
  }
  const kinds = async (predictions: readonly (readonly [string, string | null])[]) =>
    (await verdicts(predictions)).map(({ verdict }) => verdict.kind)

  it('its own patch passes, and no other way leads there', { timeout: 120_000 }, async () => {
    const cheats = [
      null,
      patchOf('notes.txt', '', 'nothing\n'),
      patchOf('tests/sums/tests.py', tests, 'import unittest\n'),
      patchOf('tests/runtests.py', runner, 'import sys\nsys.stderr.write("""test_add (sums.tests.T) ... ok\\n""")\n'),
      patchOf('sitecustomize.py', '', 'import sys\nsys.exit(0)\n'),
      patchOf('unittest/__init__.py', '', 'import os\nos._exit(0)\n'),
    ]
    const solved = await verdicts([gold, ...cheats].map((patch) => ['django__django-1', patch] as const))
    expect(solved.map(({ verdict }) => verdict.kind)).toEqual([
      'passed',
      'no-code',
      ...cheats.slice(1).map(() => 'wrong'),
    ])
    expect(solved[0].verdict.tests.map(({ name }: { name: string }) => name)).toEqual([
      'test_add (sums.tests.T)',
      'Doubles (#1).',
    ])
  })

  const noPytest = !existsSync('/usr/lib/python3/dist-packages/pytest')
  if (noPytest) console.log('SWE-bench with pytest is not judged: python3-pytest is not installed')
  it.skipIf(noPytest)('with pytest too', { timeout: 120_000 }, async () => {
    const conftest = 'def pytest_pyfunc_call(pyfuncitem):\n    return True\n'
    const patches = [
      gold.replaceAll('/calc.py', '/src/calc.py'),
      patchOf('conftest.py', '', conftest) + patchOf('tests/conftest.py', '', conftest),
      patchOf('pytest.py', '', 'print("PASSED tests/test_calc.py::T::test_add")\n'),
      patchOf('src/pytest.py', '', 'print("PASSED tests/test_calc.py::T::test_add")\n'),
    ]
    expect(await kinds(patches.map((patch) => ['pallets__flask-1', patch] as const))).toEqual([
      'passed',
      'wrong',
      'wrong',
      'wrong',
    ])
  })

  it('a run is read again with its folder: its programs are patches, its problems have fields', async () => {
    await verdicts([['django__django-1', gold]])
    const run = join(folder, `run-${runs - 1}`)
    const out = join(folder, 'again.jsonl')
    const to = formats.find(({ name }) => name === 'swe-bench') as Format
    expect(await convert({ path: run, to, benchmarks, out })).toMatchObject({ samples: 1 })
    expect(JSON.parse(readFileSync(out, 'utf8'))).toEqual({
      instance_id: 'django__django-1',
      model_name_or_path: 'm',
      model_patch: gold,
    })
    const { remarks, groups } = await gather(run, benchmarks)
    expect(remarks.join()).not.toContain('not shown')
    expect(groups.map(({ field }) => field)).toContain('repo')
  })

  it('a repository that is not cloned is nobody’s failure', async () => {
    const [{ verdict }] = await verdicts([['psf__requests-1', gold]])
    expect(verdict).toMatchObject({ kind: 'infrastructure' })
    expect(verdict.reason).toMatch(/psf__requests is not a git repository: clone it there/)
  })

  it('the folder has to be named and to hold rows', async () => {
    expect(() => withData(sweBench, undefined)).toThrow(/rows and checkouts from a folder: name it with --data/)
    mkdirSync(join(folder, 'empty'))
    await expect(loadProblems(withData(sweBench, join(folder, 'empty')))).rejects.toThrow(
      /no .json or .jsonl file in .* has rows with instance_id, base_commit and test_patch/,
    )
    await expect(loadProblems(withData(sweBench, join(folder, 'nowhere')))).rejects.toThrow(/cannot|can be read/)
    write('bad/rows.json', JSON.stringify([{ instance_id: 'x', base_commit: 'main', test_patch: '' }]))
    await expect(loadProblems(withData(sweBench, join(folder, 'bad')))).rejects.toThrow(
      /rows.json.*1.*base_commit|rows.json.*row 1/,
    )
  })
})

const rowFolder = join(process.env.CUPEL_DATA ?? '', 'SWE-agent__SWE-agent/tests/test_data/data_sources')
const noRows = !process.env.CUPEL_DATA || !existsSync(rowFolder)
if (noRows) console.log('rows of SWE-bench are not read: SWE-agent__SWE-agent is not below CUPEL_DATA')

it.skipIf(noRows)('real rows: an issue is all that is shown, and the tests of its patch are what is run', async () => {
  const rows = JSON.parse(readFileSync(join(rowFolder, 'swe-bench-lite-test.json'), 'utf8'))
  write('lite/rows.json', JSON.stringify(rows))
  const problems = await loadProblems(withData(sweBench, join(folder, 'lite')))
  for (const { instance_id: id, problem_statement: prompt, repo, version, created_at, patch, PASS_TO_PASS } of rows) {
    const judged = problems.get(id)
    expect(judged?.problem).toEqual({
      id,
      language: 'python',
      kind: 'repository',
      prompt,
      publicTests: [],
      metadata: { repo, version, created_at },
    })
    const passToPass = Array.isArray(PASS_TO_PASS) ? PASS_TO_PASS : expect.arrayContaining([expect.any(String)])
    expect(judged).toMatchObject({ reference: patch, suite: { passToPass } })
  }
  expect(
    [...problems.values()].map(({ suite }) => (suite as RepositorySuite).command.replace(/^.*?(?=python3)/, '')),
  ).toEqual([
    'python3 ./tests/runtests.py --verbosity 2 --settings=test_sqlite --parallel 1 sitemaps_tests.test_http',
    'python3 bin/test -C --verbose sympy/matrices/tests/test_sparse.py',
    'python3 -m pytest -rA testing/test_assertrewrite.py',
    'python3 -m pytest -rA sklearn/utils/tests/test_pprint.py',
    'python3 ./tests/runtests.py --verbosity 2 --settings=test_sqlite --parallel 1 user_commands.tests',
  ])
})
