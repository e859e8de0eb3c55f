/** Repositories whose tests run in a real sandbox: what passes, what does not, and what a candidate may try. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RepositorySuite, Verdict } from '../../../kernel/index.js'
import { Sandbox } from '../../sandbox/sandbox.js'
import { Judge } from '../judge.js'
import { Benchmark } from './change.js'
import { type Tree, type TreeFile, treeOf } from './tree.js'

const problem = { id: 'r', language: 'python', kind: 'repository', prompt: '', publicTests: [], metadata: {} } as const
const noPytest = !existsSync('/usr/lib/python3/dist-packages/pytest')
if (noPytest)
  console.log('pytest repositories are not judged: python3-pytest is not installed (apt-get install python3-pytest)')
const limits = { cpuSeconds: 5, wallSeconds: 30, memoryMb: 512 }

const header = 'import unittest\nfrom calc import add, double\n\nclass T(unittest.TestCase):\n'
const old = `${header}    def test_double(self):\n        self.assertEqual(double(2), 4)\n`
const python: RepositorySuite = {
  kind: 'repository',
  files: {
    'calc.py': 'def add(a, b):\n    return a - b\n\n\ndef double(a):\n    return 2 * a\n',
    'tests/__init__.py': '',
    'tests/test_calc.py': old,
  },
  candidate: { kind: 'patch' },
  tests: { 'tests/test_calc.py': `${old}\n    def test_add(self):\n        self.assertEqual(add(2, 3), 5)\n` },
  command: 'python3 -m unittest -v',
  report: 'unittest',
  failToPass: ['test_add (tests.test_calc.T.test_add)'],
  passToPass: ['test_double (tests.test_calc.T.test_double)'],
}
const fix = `diff --git a/calc.py b/calc.py
--- a/calc.py
+++ b/calc.py
@@ -1,2 +1,2 @@
 def add(a, b):
-    return a - b
+    return a + b
`
const changedTree = (suite: RepositorySuite, code: string) => new Benchmark(suite, treeOf(suite.files)).changed(code)
const newFile = (path: string, text: string) => {
  const lines = text.split('\n')
  return `--- /dev/null\n+++ b/${path}\n@@ -0,0 +1,${lines.length} @@\n${lines.map((line) => `+${line}\n`).join('')}`
}
const wholeReport = `${[...python.failToPass, ...python.passToPass].map((name) => `${name} ... ok\\n`).join('')}Ran 2 tests in 0.1s\\n\\nOK\\n`
/** `add` stays wrong; this stands before it. */
const atop = (code: string) => {
  const lines = code.split('\n').map((line) => `+${line}\n`)
  return `--- a/calc.py\n+++ b/calc.py\n@@ -1,2 +1,${lines.length + 2} @@\n${lines.join('')} def add(a, b):\n     return a - b\n`
}

describe('repository suites', () => {
  let sandbox: Sandbox
  let judge: Judge
  beforeAll(async () => {
    sandbox = await Sandbox.open({ isolation: 'native' })
    judge = new Judge(sandbox)
  })
  afterAll(() => sandbox.close())
  const verdict = (code: string, more: Partial<RepositorySuite> = {}, reference?: string): Promise<Verdict> =>
    judge.judge(
      { problem, suite: { ...python, ...more }, ...(reference === undefined ? {} : { reference }) },
      { code },
      limits,
    )

  it('a right patch passes: each named test, in process', async () => {
    const passed = await verdict(fix)
    expect(passed).toMatchObject({ kind: 'passed', judged: 'in-process', isolation: { level: 'native' } })
    expect(passed.tests).toEqual([
      { name: 'test_add (tests.test_calc.T.test_add)', status: 'passed' },
      { name: 'test_double (tests.test_calc.T.test_double)', status: 'passed' },
    ])
  })

  it('a patch that does not mend it, or breaks what worked, is wrong and says which test', async () => {
    const same = newFile('note.txt', 'nothing')
    expect(await verdict(same)).toMatchObject({
      kind: 'wrong',
      evidence: 'test_add (tests.test_calc.T.test_add): failed',
    })
    const breaks = `${fix}@@ -5,2 +5,2 @@\n def double(a):\n-    return 2 * a\n+    return 3 * a\n`
    expect(await verdict(breaks)).toMatchObject({
      kind: 'wrong',
      evidence: 'test_double (tests.test_calc.T.test_double): failed',
    })
  })

  it('a patch that does not apply is a compile error with the reason; no patch is no code', async () => {
    expect(await verdict(fix.replace('a - b', 'a * b'))).toMatchObject({
      kind: 'compile-error',
      judged: 'not-run',
      exception: { type: 'PatchError', message: expect.stringContaining('hunk 1 of «calc.py» does not fit') },
    })
    expect(await verdict('Change the minus to a plus.')).toMatchObject({ kind: 'compile-error' })
    expect(await verdict(' \n')).toMatchObject({ kind: 'no-code' })
  })

  it('files may be given instead of a patch: one, or several as JSON', async () => {
    const right = 'def add(a, b):\n    return a + b\n\ndef double(a):\n    return 2 * a\n'
    expect(await verdict(right, { candidate: { kind: 'file', path: 'calc.py' } })).toMatchObject({ kind: 'passed' })
    const files = JSON.stringify({ 'calc.py': 'from sums import add, double\n', 'sums.py': right })
    expect(await verdict(files, { candidate: { kind: 'files' } })).toMatchObject({ kind: 'passed' })
    const edits = 'calc.py\n<<<<<<< SEARCH\n    return a - b\n=======\n    return a + b\n>>>>>>> REPLACE\n'
    expect(await verdict(edits, { candidate: { kind: 'edits' } })).toMatchObject({ kind: 'passed' })
    const astray = edits.replace('calc.py', '../calc.py').replace('    return a - b\n', '')
    for (const code of [astray, edits.replace('a - b', 'a * b')])
      expect(await verdict(code, { candidate: { kind: 'edits' } })).toMatchObject({
        kind: 'compile-error',
        exception: { type: 'PatchError' },
      })
    for (const [code, message] of [
      ['{"../x": ""}', 'cannot be a file of it'],
      ['{"calc.py/x": ""}', 'is a file'],
      ['{"x": 1}', 'neither text nor null'],
      ['["x"]', 'not an object'],
      ['{', 'not JSON'],
      ['{"y": null}', 'is not there'],
    ] as const)
      expect(await verdict(code, { candidate: { kind: 'files' } })).toMatchObject({
        kind: 'compile-error',
        exception: { message: expect.stringContaining(message) },
      })
  })

  const hollow = `import sys
sys.stderr.write("${wholeReport}")`
  it.each<[string, string, Partial<RepositorySuite>]>([
    [
      'changes the tests',
      `--- a/tests/test_calc.py\n+++ b/tests/test_calc.py\n@@ -1,3 +1,4 @@\n import unittest\n+unittest.TestCase.assertEqual = print\n from calc import add, double\n \n`,
      {},
    ],
    [
      'changes tests that the benchmark does not bring again',
      `--- a/tests/test_calc.py\n+++ b/tests/test_calc.py\n@@ -5,2 +5,4 @@\n     def test_double(self):\n         self.assertEqual(double(2), 4)\n+    def test_add(self):\n+        pass\n`,
      { tests: {}, restored: ['tests/'] },
    ],
    ['brings a unittest of its own', newFile('unittest.py', hollow), {}],
    ['brings a unittest of its own as a folder', newFile('unittest/__main__.py', hollow), {}],
    [
      'brings a sitecustomize',
      newFile('sitecustomize.py', 'import unittest\nunittest.TestCase.assertEqual = print'),
      { command: 'PYTHONPATH=. python3 -m unittest -v' },
    ],
    [
      'prints that it has passed',
      atop('import sys\nsys.stderr.write("test_add (tests.test_calc.T.test_add) ... ok\\n")'),
      {},
    ],
    [
      'prints it at the end',
      atop(
        'import atexit, sys\natexit.register(lambda: sys.stderr.write("test_add (tests.test_calc.T.test_add) ... ok\\nRan 1 test in 0.1s\\n\\nOK\\n"))',
      ),
      {},
    ],
    ['skips the tests', atop('import unittest\nunittest.TestCase.assertEqual = lambda s, *a: s.skipTest("x")'), {}],
    ['leaves with exit code 0', atop('import os\nos._exit(0)'), {}],
    ['leaves as if all were well', atop('raise SystemExit(0)'), {}],
  ])('a candidate that %s has not passed', async (_, code, more) => {
    const { kind } = await verdict(code, more)
    expect(['wrong', 'runtime-error']).toContain(kind)
  })

  it('a whole report that the candidate writes in place of the runner is not seen, as the verdict says', async () => {
    const forged = atop(`import os, sys\nsys.stderr.write("${wholeReport}")\nsys.stderr.flush()\nos._exit(0)`)
    expect(await verdict(forged)).toMatchObject({ kind: 'passed', judged: 'in-process' })
  })

  it.skipIf(noPytest)('a lone conftest.py, or configuration, that makes tests pass is undone', async () => {
    const pytest: Partial<RepositorySuite> = {
      candidate: { kind: 'files' },
      command: 'python3 -m pytest -p no:cacheprovider --junitxml=report.xml tests',
      report: 'junit',
      reportFiles: ['report.xml'],
      failToPass: ['tests.test_calc.T.test_add'],
      passToPass: ['tests.test_calc.T.test_double'],
    }
    const right = { 'calc.py': 'def add(a, b):\n    return a + b\n\ndef double(a):\n    return 2 * a\n' }
    expect(await verdict(JSON.stringify(right), pytest)).toMatchObject({ kind: 'passed' })
    const hook =
      'import pytest\n@pytest.hookimpl(hookwrapper=True)\ndef pytest_runtest_makereport(item, call):\n    out = yield\n    report = out.get_result()\n    report.outcome = "passed"\n'
    for (const path of ['conftest.py', 'tests/conftest.py'])
      expect(await verdict(JSON.stringify({ [path]: hook }), pytest)).toMatchObject({ kind: 'wrong' })
    // Left where it is, it is all a candidate needs.
    const left = await verdict(JSON.stringify({ 'conftest.py': hook }), { ...pytest, restored: [] })
    expect(left).toMatchObject({ kind: 'passed', judged: 'in-process' })
    for (const [path, section] of [
      ['pytest.ini', '[pytest]\naddopts = -p forged'],
      ['setup.cfg', '[tool:pytest]\naddopts = -p forged'],
      ['pyproject.toml', '[tool.pytest.ini_options]\naddopts = "-p forged"'],
    ] as const) {
      const code = JSON.stringify({ [path]: section, 'forged.py': hook })
      expect(await verdict(code, pytest), path).toMatchObject({ kind: 'wrong' })
    }
  })

  it('report files are those the tests wrote, not one that was there', async () => {
    const junit: Partial<RepositorySuite> = {
      files: { 'sum.mjs': 'export const sum = (a, b) => a - b\n' },
      tests: {
        'sum.test.mjs': `import test from 'node:test'\nimport assert from 'node:assert'\nimport { sum } from './sum.mjs'\ntest('sums', () => assert.equal(sum(1, 2), 3))\n`,
      },
      candidate: { kind: 'files' },
      command: 'node --test --test-reporter=junit --test-reporter-destination=report.xml sum.test.mjs',
      report: 'junit',
      reportFiles: ['report.xml'],
      failToPass: ['test.sums'],
      passToPass: [],
    }
    const right = { 'sum.mjs': 'export const sum = (a, b) => a + b\n' }
    expect(await verdict(JSON.stringify(right), junit)).toMatchObject({ kind: 'passed' })
    expect(await verdict('{"x": ""}', junit)).toMatchObject({ kind: 'wrong', evidence: 'test.sums: failed' })
    const forged = '<testsuites><testcase classname="test" name="sums"/></testsuites>'
    const planted = { 'report.xml': forged, 'sum.test.mjs': '', 'sum.mjs': 'process.exit(0)' }
    expect(await verdict(JSON.stringify(planted), junit)).not.toMatchObject({ kind: 'passed' })
    const dropped = await verdict(JSON.stringify({ 'report.xml': forged }), { ...junit, command: 'true' }, '{"x": ""}')
    expect(dropped).toMatchObject({
      kind: 'infrastructure',
      reason: expect.stringContaining('there is no report file'),
    })
  })

  it('files that tests are named after are restored, and what stands in the way of the tests gives way', () => {
    const report = { reportFiles: ['out/*.xml'], tests: { 'spec/x.py': '' } }
    const suite = { ...python, ...report, candidate: { kind: 'files' } } as const
    const code = JSON.stringify({
      'tests/test_calc.py': 'pass',
      'tests/helper.py': 'pass',
      spec: 'a file',
      'out/r.xml': '',
    })
    const named = { ...suite, failToPass: ['tests/test_calc.py::T::test_add'] }
    expect(String(changedTree(named, code).get('tests/test_calc.py')?.content)).toBe(old)
    const changed = changedTree(suite, code)
    expect([...changed.keys()].sort()).toEqual([
      'calc.py',
      'spec/x.py',
      'tests/__init__.py',
      'tests/helper.py',
      'tests/test_calc.py',
    ])
    expect(String(changed.get('tests/test_calc.py')?.content)).toBe('pass')
  })

  it('a tree on disk is judged as one in memory: links, bytes and what may be run are in the sandbox as they are in it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cupel-repository-'))
    try {
      for (const [path, content] of Object.entries(python.files)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true })
        writeFileSync(join(folder, path), String(content))
      }
      const names = Array.from({ length: 4500 }, (_, i) => `${'deep/'.repeat(25)}${i}`)
      mkdirSync(join(folder, 'deep/'.repeat(25)), { recursive: true })
      for (const name of names) writeFileSync(join(folder, name), 'x')
      writeFileSync(join(folder, 'run.sh'), '[ ! -x calc.py ] && python3 -m unittest -v', { mode: 0o755 })
      writeFileSync(join(folder, 'calc.bin'), Buffer.from([0, 255]))
      symlinkSync('calc.bin', join(folder, 'linked'))
      symlinkSync('/etc/hostname', join(folder, 'outside'))
      const seen = `[ "$(ls ${'deep/'.repeat(25)} | wc -l)" = 4500 ] && [ "$(readlink linked)$(readlink outside)" = calc.bin/etc/hostname ] && [ "$(od -An -tx1 linked)" = ' 00 ff' ] && [ "$(readlink /proc/$$/fd/0)" = /dev/null ] && ./run.sh`
      const more = { files: {}, checkout: { kind: 'folder', path: folder }, command: seen } as const
      expect(await verdict(fix, more)).toMatchObject({ kind: 'passed' })
      expect(await verdict(newFile('note.txt', 'nothing'), more, fix)).toMatchObject({ kind: 'wrong' })
      // What a patch makes may be run if it says so.
      const mode = 'diff --git a/calc.py b/calc.py\nold mode 100644\nnew mode 100755\n'
      expect(await verdict(fix.replace(/^.*\n/, mode), more, fix)).not.toMatchObject({ kind: 'passed' })
      for (const code of [
        newFile('linked/x', 'y'),
        '--- a/linked\n+++ b/linked\n@@ -1 +1 @@\n-calc.bin\n+/etc/passwd\n',
      ])
        expect(await verdict(code, more)).toMatchObject({
          kind: 'compile-error',
          exception: { message: expect.stringContaining('symbolic link') },
        })
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
    const gone = { checkout: { kind: 'folder', path: join(folder, 'nowhere') } } as const
    expect(await verdict(fix, gone)).toMatchObject({
      kind: 'infrastructure',
      reason: expect.stringContaining('cannot be read as a checkout'),
    })
  })

  it('tests that come as a patch are put in place after the candidate, and what they delete is gone', async () => {
    const added =
      '--- a/tests/test_calc.py\n+++ b/tests/test_calc.py\n@@ -6,2 +6,4 @@\n     def test_double(self):\n         self.assertEqual(double(2), 4)\n+    def test_add(self):\n+        self.assertEqual(add(2, 3), 5)\n'
    const removed =
      'diff --git a/tests/test_old.py b/tests/test_old.py\ndeleted file mode 100644\n--- a/tests/test_old.py\n+++ /dev/null\n@@ -1 +0,0 @@\n-import nothing_of_this_name\n'
    const more = {
      tests: {},
      files: { ...python.files, 'tests/test_old.py': 'import nothing_of_this_name\n' },
      testPatch: added.replace('-6,2 +6,4', '-5,2 +5,4') + removed,
      command: 'test ! -e tests/test_old.py && python3 -m unittest -v',
    }
    expect(await verdict(fix, more)).toMatchObject({ kind: 'passed' })
    const emptied = `${fix}--- a/tests/test_calc.py\n+++ /dev/null\n@@ -1,6 +0,0 @@\n${old
      .split('\n')
      .slice(0, -1)
      .map((line) => `-${line}\n`)
      .join('')}${newFile('tests/test_old.py/x', 'y').replace('/x', '2')}`
    expect(await verdict(emptied, more)).toMatchObject({ kind: 'passed' })
    expect(await verdict(newFile('note', 'x'), more, fix)).toMatchObject({ kind: 'wrong' })
    const unfit = await verdict(fix, { ...more, testPatch: added.replace('double(2)', 'double(3)') })
    expect(unfit).toMatchObject({
      kind: 'infrastructure',
      reason: expect.stringContaining("the benchmark's own tests do not fit its tree: hunk 1"),
    })
  })

  it('what a candidate asks for in copies is its own failure, and a benchmark’s path that leaves the tree is not', async () => {
    const files = { ...python.files, big: 'x'.repeat(1024 * 1024) }
    const copies = Array.from(
      { length: 40 },
      (_, i) => `diff --git a/big b/big${i}\nsimilarity index 100%\ncopy from big\ncopy to big${i}\n`,
    ).join('')
    expect(await verdict(copies, { files })).toMatchObject({
      kind: 'compile-error',
      exception: { message: 'it adds more than 32 MB to the tree' },
    })
    for (const more of [{ files: { ...python.files, '../x': '' } }, { tests: { ...python.tests, '/etc/x': '' } }])
      expect(await verdict(fix, more)).toMatchObject({
        kind: 'infrastructure',
        reason: expect.stringContaining('cannot be a file of it'),
      })
  })

  it('what tests are reached by, a link, leads to what the benchmark has', () => {
    const file = (text: string): TreeFile => ({ content: Buffer.from(text), mode: 'plain' })
    const link = (text: string): TreeFile => ({ content: Buffer.from(text), mode: 'link' })
    const tree: Tree = new Map([
      ['tests', link('src/checks')],
      ['src/checks/test_a.py', file('right')],
      ['conftest.py', link('./etc/../etc/first.py')],
      ['etc/first.py', link('second.py')],
      ['etc/second.py', file('right')],
      ['round', link('round')],
      ['up', link('../up')],
    ])
    const suite = { ...python, tests: {}, failToPass: ['tests/test_a.py::test'], passToPass: ['round::x', 'up::x'] }
    const changed = new Benchmark({ ...suite, candidate: { kind: 'files' } }, tree).changed(
      '{"src/checks/test_a.py": "wrong", "etc/second.py": "wrong", "etc/third.py": "new"}',
    )
    expect([...changed].map(([path, { content }]) => `${path} ${content}`).sort()).toEqual([
      'conftest.py ./etc/../etc/first.py',
      'etc/first.py second.py',
      'etc/second.py right',
      'etc/third.py new',
      'round round',
      'src/checks/test_a.py right',
      'tests src/checks',
      'up ../up',
    ])
  })

  it('a test that is skipped or expected to fail is not passed', async () => {
    const tests = {
      'tests/test_calc.py':
        python.tests['tests/test_calc.py']
          ?.toString()
          .replace('    def test_add', '    @unittest.skip("later")\n    def test_add') ?? '',
    }
    const skipped = await verdict(fix, { tests })
    expect(skipped).toMatchObject({ kind: 'wrong', evidence: expect.stringContaining('skipped') })
    expect(skipped.tests[0]?.status).toBe('not-reached')
  })

  it('what the machine lacks is infrastructure, not the fault of a candidate', async () => {
    for (const command of ['no-such-runner --all', 'python3 -m no_such_runner', 'exit 7'])
      expect(await verdict(fix, { command })).toMatchObject({
        kind: 'infrastructure',
        reason: expect.stringContaining('the tests do not run on this machine, without any candidate'),
      })
    // It runs, but what the benchmark itself calls right does not pass.
    const needs = { command: 'test -e /opt/needed && python3 -m unittest -v || python3 -m unittest -v no_such_module' }
    expect(await verdict(newFile('x', 'y'), needs, fix)).toMatchObject({
      kind: 'infrastructure',
      reason: expect.stringContaining("the benchmark's own solution does not pass on this machine"),
    })
    expect(await verdict(fix, { failToPass: [], passToPass: [] })).toMatchObject({ kind: 'infrastructure' })
  })

  it('tests that cannot be loaded without a right candidate are the candidate’s failure', async () => {
    const tests = { 'tests/test_calc.py': 'from calc import triple\n' }
    // The runner reports nothing for the whole tree, with these tests or with any candidate that fails to bring `triple`.
    const command = 'python3 tests/test_calc.py -v'
    const files = { ...python.files, 'tests/test_calc.py': `${old}\nif __name__ == "__main__":\n    unittest.main()\n` }
    const more = { command: `PYTHONPATH=. ${command}`, tests, files }
    expect(await verdict(fix, more)).toMatchObject({ kind: 'runtime-error', exception: { type: 'UnreadableReport' } })
  })

  it('a candidate that never ends meets its limit', async () => {
    const loop = atop('while True: pass')
    expect(await verdict(loop, { limits: { cpuSeconds: 1, wallSeconds: 20 } })).toMatchObject({ kind: 'time-limit' })
  })

  it('the command sees the tree and nothing of Cupel, and the home is not the tree', async () => {
    const command =
      'ls -A | grep -i cupel && exit 9; [ "$HOME" = "$PWD" ] && exit 8; ls "$HOME" >/dev/null && python3 -m unittest -v'
    expect(await verdict(fix, { command })).toMatchObject({ kind: 'passed' })
  })
})
