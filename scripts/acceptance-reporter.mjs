/**
 * A Vitest reporter that collects what the tests prove about the systems of the catalogue.
 *
 * A test whose title, or that of a `describe` around it, carries `[system 90.d]` speaks for acceptance point `d` of
 * system 90. The point is met when all its tests passed; a skipped test proves nothing. The result goes to
 * `build/acceptance.json`, and only after a run of all the tests: a filtered run knows too little.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const tag = /\[system\s[^\]]*\]/g
const wellFormed = /^\[system (\d+)\.([A-Za-z0-9-]+)\]$/

/** The points a title speaks for, as `90.d`. Throws for a tag that does not parse: it would prove nothing, unseen. */
export function pointsOf(title) {
  return (title.match(tag) ?? []).map((text) => {
    const match = wellFormed.exec(text)
    if (!match) throw new Error(`the tag ${text} of the test "${title}" should look like [system 90.d]`)
    return `${Number(match[1])}.${match[2]}`
  })
}

/**
 * From `{ file, title, state }` per test (state as in Vitest: passed, failed, skipped, pending) to pairs of
 * `90.d` and `{ status, tests }`, sorted by system, then by point.
 */
export function acceptance(tests) {
  const points = new Map()
  for (const { file, title, state } of tests)
    for (const point of pointsOf(title)) {
      const entry = points.get(point) ?? { states: new Set(), tests: new Set() }
      entry.states.add(state)
      entry.tests.add(`${file} > ${title}`)
      points.set(point, entry)
    }
  const sorted = [...points].sort(([a], [b]) => Number.parseInt(a, 10) - Number.parseInt(b, 10) || (a < b ? -1 : 1))
  return sorted.map(([point, { states, tests }]) => [point, { status: statusOf(states), tests: [...tests].sort() }])
}

function statusOf(states) {
  if (states.has('failed')) return 'failed'
  return [...states].every((state) => state === 'passed') ? 'passed' : 'skipped'
}

/** Keys such as `90.d` are no array indexes, so the object keeps their order. */
export function acceptanceText(tests) {
  return `${JSON.stringify(Object.fromEntries(acceptance(tests)), null, 2)}\n`
}

export default class AcceptanceReporter {
  #vitest

  onInit(vitest) {
    this.#vitest = vitest
  }

  async onTestRunEnd(modules, _errors, reason) {
    const tests = modules.flatMap((module) =>
      [...module.children.allTests()].map((test) => ({
        file: module.relativeModuleId,
        title: test.fullName,
        state: test.result().state,
      })),
    )
    try {
      const text = acceptanceText(tests)
      if (reason === 'interrupted' || !(await this.#ranAll(modules))) return
      const path = join(this.#vitest.config.root, 'build/acceptance.json')
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, text)
    } catch (error) {
      console.error(`acceptance: ${error.message}`)
      process.exitCode = 1
    }
  }

  async #ranAll(modules) {
    const { testNamePattern, tagsFilter, cliExclude, bail, dir, root } = this.#vitest.config
    if (testNamePattern || bail || (dir && dir !== root)) return false
    if ([tagsFilter, cliExclude].some((list) => list?.length > 0)) return false
    return (await this.#vitest.globTestSpecifications()).length === modules.length
  }
}
