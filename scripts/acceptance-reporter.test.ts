import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { acceptance, pointsOf } from './acceptance-reporter.mjs'
import { root } from './root.mjs'

describe('pointsOf', () => {
  it('finds every tag of a title', () => {
    expect(pointsOf('CodeT [system 90.d] ranks [system 101.score-2] groups')).toEqual(['90.d', '101.score-2'])
    expect(pointsOf('a [system of equations')).toEqual([])
  })
  // The tags are not in the titles of these tests: the reporter reads those too.
  it.each(['90', '90.', 'x.d', '90.a, 90.b'])('refuses a tag of %s', (point) => {
    expect(() => pointsOf(`title [system ${point}]`)).toThrow('should look like [system 90.d]')
  })
})

describe('acceptance', () => {
  const test = (tag: string, state: string, file = 'src/a.test.ts') => ({ file, title: `t [system ${tag}]`, state })
  const statusOf = (...states: string[]) =>
    acceptance(states.map((state, i) => test('9.a', state, `${i}.test.ts`)))[0]?.[1].status

  it('is met only when all tests of a point passed', () => {
    expect(statusOf('passed', 'passed')).toBe('passed')
    expect(statusOf('passed', 'failed', 'skipped')).toBe('failed')
    expect(statusOf('passed', 'skipped')).toBe('skipped')
    expect(statusOf('passed', 'pending')).toBe('skipped')
  })

  it('sorts by system as a number, then by point', () => {
    const points = acceptance(['100.a', '9.b', '9.a', '90.c'].map((tag) => test(tag, 'passed'))).map(([point]) => point)
    expect(points).toEqual(['9.a', '9.b', '90.c', '100.a'])
  })

  it('names the tests', () => {
    expect(acceptance([test('9.a', 'passed')])[0]?.[1].tests).toEqual(['src/a.test.ts > t [system 9.a]'])
  })
})

/** Vitest itself on a project of two test files, one of which fails. */
describe('in a run of Vitest', () => {
  let project: string
  let report: string

  beforeAll(() => {
    // Below the repository, so that `vitest` resolves from there.
    mkdirSync(join(root, 'build'), { recursive: true })
    project = mkdtempSync(join(root, 'build/acceptance-'))
    report = join(project, 'build/acceptance.json')
    writeFileSync(
      join(project, 'vitest.config.mjs'),
      [
        "import Reporter from '../../scripts/acceptance-reporter.mjs'",
        "export default { test: { include: ['*.test.js'], reporters: [new Reporter()] } }",
      ].join('\n'),
    )
    writeFileSync(
      join(project, 'a.test.js'),
      [
        "import { describe, it } from 'vitest'",
        "describe('codet [system 90.a]', () => { it('one', () => {}); it.skip('two', () => {}) })",
        "it('three [system 90.b]', () => {})",
      ].join('\n'),
    )
    writeFileSync(
      join(project, 'b.test.js'),
      "import { it } from 'vitest'\nit('four [system 9.a]', () => { throw new Error('no') })\n",
    )
  })
  afterAll(() => rmSync(project, { recursive: true, force: true }))

  const vitest = (...args: string[]) =>
    spawnSync(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...args], {
      cwd: project,
      encoding: 'utf8',
    })

  it('a filtered run writes nothing', () => {
    expect(vitest('a.test').status).toBe(0)
    expect(vitest('-t', 'three').status).toBe(0)
    expect(existsSync(report)).toBe(false)
  })

  it('a full run writes what was proved', () => {
    expect(vitest().status).toBe(1)
    const written = JSON.parse(readFileSync(report, 'utf8'))
    expect(Object.keys(written).map((point) => [point, written[point].status])).toEqual([
      ['9.a', 'failed'],
      ['90.a', 'skipped'],
      ['90.b', 'passed'],
    ])
    expect(written['90.a'].tests).toEqual([
      'a.test.js > codet [system 90.a] > one',
      'a.test.js > codet [system 90.a] > two',
    ])
  })

  it('a tag that does not parse fails the run', () => {
    writeFileSync(join(project, 'b.test.js'), "import { it } from 'vitest'\nit('four [system 9]', () => {})\n")
    const run = vitest()
    expect(run.stderr).toContain('should look like [system 90.d]')
    expect(run.status).toBe(1)
  })
})
