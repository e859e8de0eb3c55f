/** Faces one isolation level with the attack corpus; every attack is one test, so that what gets through is named. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Canaries } from './attacks/canaries.js'
import type { Attack } from './attacks/attack.js'
import { loadAttacks } from './attacks/corpus.js'
import { type Before, before, leaksSince, remains, serverDescriptors } from './attacks/remains.js'
import { type AttackResult, runAttacks } from './attacks/suite.js'
import { Sandbox } from './sandbox.js'

/** The whole suite runs before the first test, since attacks share the servers as programs do. */
const longest = 15 * 60_000

interface Faced {
  readonly results: readonly AttackResult[]
  /** Left on the machine when everything was closed. */
  readonly left: readonly string[]
  /** Servers that hold more descriptors after the attacks than before. */
  readonly leaks: readonly string[]
}

export function describeAttacks(isolation: 'native' | 'wasm', attacks: readonly Attack[]): void {
  describeResults(isolation, attacks, async () => {
    const then: Before = before()
    const canaries = await Canaries.open()
    const sandbox = await Sandbox.open({ isolation, workers: 2 })
    let results: readonly AttackResult[]
    let leaks: readonly string[] = []
    try {
      await warmUp(sandbox)
      const fresh = serverDescriptors()
      results = await runAttacks(sandbox, attacks, { canaries })
      leaks = await leaksSince(fresh)
    } finally {
      await sandbox.close()
      await canaries.close()
    }
    return { results, left: await remains(then), leaks }
  })
}

/** Starts every server, so that what they hold when idle is known. */
async function warmUp(sandbox: Sandbox): Promise<void> {
  const program = (language: string, entry: string, source: string) => ({ language, files: { [entry]: source }, entry })
  const four = [0, 1, 2, 3]
  await Promise.all(four.map(() => sandbox.run(program('python', 'main.py', 'print(1)'))))
  await Promise.all(four.map(() => sandbox.run(program('javascript', 'main.js', 'console.log(1)'))))
}

/** One test per attack, and one for each kind of thing that must be as before. */
export function describeResults(level: string, attacks: readonly Attack[], face: () => Promise<Faced>): void {
  let faced: Faced
  const results = new Map<string, AttackResult>()
  beforeAll(async () => {
    faced = await face()
    const skipped = new Map<string, number>()
    for (const result of faced.results) {
      results.set(result.attack.name, result)
      if (result.skipped !== undefined) skipped.set(result.skipped, (skipped.get(result.skipped) ?? 0) + 1)
    }
    const run = faced.results.filter((one) => one.skipped === undefined)
    const held = run.filter((one) => one.seen.length === 0)
    console.log(`${level}: ${held.length} of ${run.length} attacks held`)
    for (const [why, count] of skipped) console.log(`${level}: ${count} not run: ${why}`)
  }, longest)
  afterAll(() => results.clear())

  describe(`attacks, ${level}`, () => {
    for (const { name, tries } of attacks)
      it(`${name}: ${tries}`, ({ skip }) => {
        const result = results.get(name)
        expect(result, 'it was not faced').toBeDefined()
        if (result?.skipped !== undefined) return skip(result.skipped)
        expect(result?.seen).toEqual([])
      })
    it('leaves no process, mount, file, object, control group or descriptor behind', () => {
      expect(faced.left).toEqual([])
    })
    it('leaves no descriptor open in a server', () => {
      expect(faced.leaks).toEqual([])
    })
  })
}

export { loadAttacks }
