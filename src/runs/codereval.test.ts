/** CoderEval on three small projects, which stand for those of its image; its own rows are not here. */
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { benchmarks } from '../evaluate/index.js'
import { Judge, Sandbox } from '../execute/index.js'
import type { Benchmark, JudgedProblem, Verdict } from '../kernel/index.js'
import { loadProblems } from './problems.js'
import { recordedRun } from './recorded-run.test-support.js'
import { gather } from './reports/gather.js'
import { groupings } from './reports/groups.js'
import { markdownReport } from './reports/markdown.js'
import { withData } from './task-folders.js'

let folder: string
let sandbox: Sandbox
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cupel-codereval-'))
  sandbox = await Sandbox.open({ isolation: 'native' })
})
afterAll(async () => {
  await sandbox.close()
  rmSync(folder, { recursive: true, force: true })
})

const write = (path: string, content: string) => {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), content)
}
const problemsOf = (name: string): Promise<Map<string, JudgedProblem>> =>
  loadProblems(withData(benchmarks.find((each) => each.name === name) as Benchmark, folder))

// Of a third-party library, with CRLF.
const scale = 'def scale(value, unit):\r\n    """Original: scales."""\r\n    return ureg.factor(unit) * value'
const convert = `import ureg\r\n\r\n\r\n${scale}\r\n\r\n\r\ndef scale_all(values):\r\n    return [scale(v, "k") for v in values]\r\n`
const convertTest = `${convert}\r\n\r\nif __name__ == "__main__":\r\n    if scale_all([1, 2]) != [1000, 2000]:\r\n        raise Exception("Result not True")\r\n`

// Of a class, with tabs, a decorator, functions of the same name around it and no last line end.
const area = '\tdef area(self):\n\t\t"""Original: area."""\n\t\treturn self._side ** 2'
const shapes = `def area(shape):\n\treturn shape.area\n\n\nclass Square:\n\tdef __init__(self, side):\n\t\tself._side = side\n\n\t@property\n${area}\n\n\tdef outer(self):\n\t\tdef area(): return -1\n\t\treturn area()`
const shapesTest = `${shapes}\n\n\nif __name__ == "__main__":\n\tassert (area(Square(3)), Square(3).outer()) == (9, -1)`

const add = 'public int add(int more) {\n        count = more + Limits.clip(count);\n        return count;\n    }'
const counter = `package acme;\n\npublic class Counter {\n    private int count;\n\n    public int add() {\n        return add(1);\n    }\n\n    /** Original: adds. */\n    @Deprecated\n    ${add}\n}\n`
const counterTest = `package acme;

public class NewTestFile {
    public static void main(String[] args) {
        Counter counter = new Counter();
        if (counter.add(2) != 2 || counter.add() != 3) System.exit(1);
    }
}
`

const row = (id: string, level: string, name: string, code: string, more: Record<string, unknown>) => ({
  ...{ _id: id, level, name, code, docstring: `Original of ${name}.`, human_label: `What ${name} is for.` },
  ...{ all_context: '{}', oracle_context: '{ "apis" : "[]", "classes" : "[]", "vars" : "[]" }', lineno: '1' },
  ...more,
})
const rows = [
  row('c1', 'plib_runnable', 'scale', scale, {
    ...{ project: 'acme/convert', file_path: 'units/convert.py', lineno: '4', file_content: convert },
    oracle_context: '{ "apis" : "[\'factor\']", "classes" : "[]", "vars" : "[]" }',
  }),
  row('c2', 'class_runnable', 'area', area.replaceAll(/^\t/gm, ''), {
    ...{ project: 'acme/shapes', file_path: 'shapes.py', lineno: 10, file_content: shapes },
  }),
  row('c3', 'class_runnable', 'add', add, {
    ...{ project: 'counter', file_name: 'Counter.java', package: 'acme', class_name: 'Counter', lineno: '12' },
    ...{ file_content: counter, oracle_context: { apis: ['clip'], classes: ['Limits'], vars: ['count'] } },
  }),
  row('c4', 'slib_runnable', 'away', 'def away():\n    return 1', { project: 'acme/away', file_path: 'away.py' }),
]

beforeAll(() => {
  write('CoderEval.json', JSON.stringify({ RECORDS: rows }))
  write('repos/acme---convert/units/convert.py', convert)
  write('repos/acme---convert/units/convert_scale_passk_validte.py', convertTest)
  write('repos/acme---convert/ureg/__init__.py', 'def factor(unit):\n    return {"k": 1000}[unit]\n')
  write('repos/acme---shapes/shapes.py', shapes)
  write('repos/acme---shapes/shapes_area_passk_validte.py', shapesTest)
  write('counter/src/main/java/acme/Counter.java', counter)
  write(
    'counter/src/main/java/acme/Limits.java',
    'package acme;\n\nclass Limits {\n    static int clip(int n) {\n        return Math.min(n, 99);\n    }\n}\n',
  )
  write('tests/c3/NewTestFile.java', counterTest)
})

/** Every file of the folder. */
const snapshot = () =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => [join(parentPath, name), readFileSync(join(parentPath, name), 'hex')])
    .sort()

describe('verdicts', () => {
  it('the reference passes, a wrong body is wrong, what does not compile is that; every file stays [system 91.b]', async () => {
    const before = snapshot()
    const problems = await problemsOf('codereval')
    const judge = new Judge(sandbox)
    const verdict = (id: string, code: string): Promise<Verdict> =>
      judge.judge(problems.get(id) as JudgedProblem, { code })
    const passes = async (id: string, code = problems.get(id)?.reference ?? '') =>
      expect(await verdict(id, code), code).toMatchObject({ kind: 'passed', judged: 'in-process' })

    for (const id of ['c1', 'c2', 'c3']) await passes(id)
    await passes('c2', 'def area(self):\n    side = self._side\n    return side * side')
    for (const [id, code] of [
      ['c1', 'def scale(value, unit):\n    return value'],
      ['c2', 'def area(self):\n    return -1'],
      ['c2', 'def area(self):\n    import sys\n    sys.exit(0)'],
      ['c2', 'def area(self):\n    import os\n    os._exit(0)'],
      ['c3', 'public int add(int more) {\n    return count += 2 * more;\n}'],
    ] as const)
      expect(await verdict(id, code), id).toMatchObject({ kind: 'wrong', evidence: 'exit status: failed' })
    const unfinished = { kind: 'compile-error', exception: { type: 'BuildError' } }
    expect(await verdict('c3', 'public int add(int more) {\n    return "one";\n}')).toMatchObject({
      ...unfinished,
      exception: { message: expect.stringContaining('incompatible types') },
    })
    expect(await verdict('c2', 'def area(self):\n    return (')).toMatchObject(unfinished)
    expect(snapshot()).toEqual(before)
  }, 120_000)

  it('a project that is not there is nobody’s failure', async () => {
    const away = (await problemsOf('codereval')).get('c4') as JudgedProblem
    expect(await new Judge(sandbox).judge(away, { code: 'def away():\n    return 1' })).toMatchObject({
      kind: 'infrastructure',
      reason: expect.stringContaining('acme---away'),
    })
  })
})

describe('prompts', () => {
  const names = ['codereval', 'codereval-human', 'codereval-file', 'codereval-human-file']
  const all = [...names, 'codereval-oracle', 'codereval-human-oracle']

  it('switch the description and the context, each as a benchmark of its own, and never hold the body [system 91.e]', async () => {
    const bodies = { c1: 'ureg.factor(unit)', c2: '_side ** 2', c3: 'Limits.clip(count)' }
    for (const name of all) {
      const problems = await problemsOf(name)
      for (const [id, body] of Object.entries(bodies)) {
        const { prompt, metadata, entryPoint } = (problems.get(id) as JudgedProblem).problem
        const human = name.includes('human')
        const context = /file|oracle/.exec(name)?.[0] ?? 'none'
        expect(prompt.includes(`What ${entryPoint} is for.`), `${name} ${id}`).toBe(human)
        expect(prompt.includes(`Original of ${entryPoint}.`), `${name} ${id}`).toBe(!human)
        // Neither the body nor the docstring that stands in the file.
        expect(prompt, `${name} ${id}`).not.toContain(body)
        expect(prompt, `${name} ${id}`).not.toContain('Original: ')
        expect(prompt.includes('to be written'), `${name} ${id}`).toBe(context === 'file')
        expect(prompt.includes('It uses:'), `${name} ${id}`).toBe(context === 'oracle' && id !== 'c2')
        expect(metadata.context).toBe(context)
      }
    }
  })

  it('show the file around the gap, and the names that the solution needs', async () => {
    const file = await problemsOf('codereval-file')
    expect(file.get('c2')?.problem.prompt).toContain(
      '\t@property\n\tdef area(self): ...  # to be written\n\n\tdef outer(self):\n\t\tdef area(): return -1',
    )
    expect(file.get('c3')?.problem.prompt).toContain(
      '        return add(1);\n    }\n\n    public int add(int more) { /* to be written */ }\n}',
    )
    const oracle = (await problemsOf('codereval-oracle')).get('c3')?.problem.prompt
    expect(oracle).toContain('```java\npublic int add(int more)\n```')
    expect(oracle).toContain('It uses:\n- apis: `clip`\n- classes: `Limits`\n- vars: `count`')
  })

  it('say where a file is not there to be shown', async () => {
    expect((await problemsOf('codereval-file')).get('c4')?.problem.metadata.context).toBe('missing')
  })
})

describe('the report of a run', () => {
  it('has pass@k of each level, and of what stands alone and what does not, as by hand [system 91.c]', async () => {
    const place = mkdtempSync(join(tmpdir(), 'cupel-codereval-'))
    // Of ten samples each; what the machine failed is none of them.
    const passed = { s: 3, l: 1, p: 0, c: 5, d: 0, f: 1, j: 10 }
    const levels = {
      s: 'self_contained',
      l: 'slib_runnable',
      p: 'plib_runnable',
      f: 'file_runnable',
      j: 'project_runnable',
    }
    const letters = (n: number) => `${'p'.repeat(n)}${'w'.repeat(10 - n)}${n === 1 ? 'i' : ''}`
    try {
      const all = Object.keys(passed).map((id) =>
        row(id, levels[id as keyof typeof levels] ?? 'class_runnable', id, `def ${id}(): pass`, {
          ...{ project: 'acme/away', file_path: `${id}.py` },
        }),
      )
      writeFileSync(join(place, 'rows.json'), JSON.stringify({ RECORDS: all }))
      const verdicts = Object.fromEntries(Object.entries(passed).map(([id, n]) => [id, letters(n)]))
      const start = { benchmark: 'codereval', options: { source: 'samples', limits: {}, data: place }, missing: null }
      const run = await gather(await recordedRun(join(place, 'run'), verdicts, start), benchmarks)
      const found = (field: string) =>
        Object.fromEntries(
          run.groups
            .find((grouping) => grouping.field === field)
            ?.groups.map((group) => [
              group.name,
              [group.pass?.value, group.passAtK[5]?.value, group.passAtK[10]?.value],
            ]) ?? [],
        )
      const close = (...values: readonly number[]) => values.map((value) => expect.closeTo(value, 12))
      // pass@5 of 3, 1 and 5 of ten: 1 − 21/252, 1 − 126/252 and 1 − 1/252.
      const [three, one, five] = [231 / 252, 1 / 2, 251 / 252]
      expect(found('level')).toEqual({
        self_contained: close(0.3, three, 1),
        slib_runnable: close(0.1, one, 1),
        plib_runnable: close(0, 0, 0),
        class_runnable: close(0.25, five / 2, 0.5),
        file_runnable: close(0.1, one, 1),
        project_runnable: close(1, 1, 1),
      })
      expect(found('standalone')).toEqual({
        standalone: close(0.2, (three + one) / 2, 1),
        'non-standalone': close(0.32, (five + one + 1) / 5, 0.6),
      })
      const markdown = markdownReport(run)
      expect(markdown).toContain('## pass@k by `level`')
      expect(markdown).toMatch(/\| `self_contained` \| 30\.0 % \(one problem\) \| 91\.7 % .* \| 100\.0 % /)
    } finally {
      rmSync(place, { recursive: true })
    }
  })

  it('asks for the names of the oracle context', async () => {
    const { problem } = (await problemsOf('codereval')).get('c3') as JudgedProblem
    for (const name of ['codereval', 'codereval-human-oracle'])
      expect(benchmarks.find((each) => each.name === name)?.namesUsed?.(problem)).toEqual(['clip', 'Limits', 'count'])
  })
})

describe('rows', () => {
  it('are told apart by level and by whether they stand alone', async () => {
    const problems = [...(await problemsOf('codereval')).values()].map(({ problem }) => problem)
    const counts = new Map(problems.map(({ id }) => [id, { n: 2, c: id === 'c2' ? 2 : 1, infrastructure: 0 }]))
    const groups = Object.fromEntries(
      groupings(problems, counts).map(({ field, groups: found }) => [
        field,
        Object.fromEntries(found.map(({ name, pass }) => [name, pass?.value])),
      ]),
    )
    expect(groups.level).toEqual({ plib_runnable: 0.5, class_runnable: 0.75, slib_runnable: 0.5 })
    expect(groups.standalone).toMatchObject({ standalone: 0.5, 'non-standalone': 2 / 3 })
    expect(groups).not.toHaveProperty('oracle')
  })

  it.each([
    ['a level of its own', { level: 'runnable' }, /level/],
    ['a path that leaves the folder', { file_path: '../x.py' }, /leaves the project/],
    ['an oracle that is no object of lists', { oracle_context: '["a"]' }, /oracle_context/],
    ['no file', { file_path: undefined }, /names no file/],
  ])('with %s are refused', async (_, wrong, said) => {
    const place = mkdtempSync(join(tmpdir(), 'cupel-codereval-'))
    try {
      writeFileSync(join(place, 'rows.json'), JSON.stringify({ RECORDS: [rows[3], { ...rows[0], ...wrong }] }))
      const benchmark = benchmarks.find(({ name }) => name === 'codereval') as Benchmark
      await expect(loadProblems(withData(benchmark, place))).rejects.toThrow(said)
    } finally {
      rmSync(place, { recursive: true })
    }
  })
})
