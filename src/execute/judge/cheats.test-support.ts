/** Judges the fixtures of the cheat corpus at one isolation level. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Verdict } from '../../kernel/index.js'
import { Sandbox } from '../sandbox/sandbox.js'
import { type CorpusLanguage, cheatSuite, cheatsInOrder, loadCheats, loadHonest } from './cheats/corpus.js'
import { Judge } from './judge.js'

const common = { memoryMb: 512, outputBytes: 1 << 20 }
/** Pyodide alone takes a second to import what some fixtures use. */
const limits = {
  native: { cpuSeconds: 1, wallSeconds: 6, ...common },
  wasm: { cpuSeconds: 3, wallSeconds: 15, ...common },
}

/** Compilers are slow on a busy machine. */
const patience = 900_000

/** Every fixture is one test, so that what gets through is named. */
export function judgeCorpus(
  language: CorpusLanguage,
  isolation: 'native' | 'wasm',
  options: { readonly lacks?: readonly string[]; readonly every?: number; readonly mode?: 'replay' } = {},
): void {
  const { lacks = [], every = 1, mode } = options
  let sandbox: Sandbox
  let judge: Judge
  const suite = cheatSuite(language, mode)
  beforeAll(async () => {
    sandbox = await Sandbox.open({ isolation })
    judge = new Judge(sandbox)
  })
  afterAll(() => sandbox.close())

  const judged = (code: string): Promise<Verdict> => {
    const problem = {
      id: 'add',
      language,
      kind: 'function' as const,
      prompt: '',
      entryPoint: 'add',
      publicTests: [],
      metadata: {},
    }
    return judge.judge({ problem, suite }, { code }, limits[isolation])
  }

  const all = loadCheats().filter((cheat) => cheat.language === language)
  const cheats = all.filter(({ name }, i) => i % every === 0 || cheatsInOrder.includes(name))
  if (cheats.length < all.length)
    console.log(
      `${cheats.length} of ${all.length} cheats are judged in ${isolation} here, because each takes seconds: cupel doctor --isolation ${isolation} judges all`,
    )
  const inOrder = cheatsInOrder.flatMap((name) => cheats.filter((cheat) => cheat.name === name))
  describe(`cheats in ${language}, ${isolation}${mode ? `, ${mode}` : ''}`, () => {
    it.concurrent.each(cheats.filter(({ name }) => !cheatsInOrder.includes(name)))(
      '$name: $tries',
      async ({ code, expect: expected }) => {
        const verdict = await judged(code)
        expect(verdict.kind).not.toBe('passed')
        expect(expected, JSON.stringify(verdict)).toContain(verdict.kind)
      },
      patience,
    )
    if (inOrder.length > 0)
      it('state left by one candidate does not help the next', async () => {
        for (const { code } of inOrder) expect((await judged(code)).kind).not.toBe('passed')
      })
  })

  describe(`honest programs in ${language}, ${isolation}`, () => {
    const honest = loadHonest()
      .filter((program) => program.language === language)
      .filter((_, i) => i % every === 0)
    for (const { name, needs } of honest)
      if (needs && lacks.includes(needs)) console.log(`${name} is not tested in ${isolation}: it has no ${needs}`)
    it.concurrent.each(honest.filter(({ needs }) => !needs || !lacks.includes(needs)))(
      '$name: $why',
      async ({ code }) => {
        const verdict = await judged(code)
        expect(verdict, JSON.stringify(verdict)).toMatchObject({ kind: 'passed', judged: 'out-of-process' })
      },
      patience,
    )
  })
}
