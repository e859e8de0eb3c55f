/** The cheat corpus against the native judge. Every fixture is one test, so that what gets through is named. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Verdict } from '../../kernel/index.js'
import { Sandbox } from '../sandbox/sandbox.js'
import { cheatSuite, loadCheats, loadHonest } from './cheats/corpus.js'
import { Judge } from './judge.js'

let sandbox: Sandbox
let judge: Judge
beforeAll(async () => {
  sandbox = await Sandbox.open({ isolation: 'native' })
  judge = new Judge(sandbox)
})
afterAll(() => sandbox.close())

const limits = { cpuSeconds: 2, wallSeconds: 8, memoryMb: 512, outputBytes: 1 << 20 }

function judged(code: string): Promise<Verdict> {
  const suite = cheatSuite('python')
  const problem = { id: 'add', language: 'python', kind: 'function' as const, prompt: '', entryPoint: 'add', publicTests: [], metadata: {} }
  return judge.judge({ problem, suite }, { code }, limits)
}

/** State left by one candidate must not help the next: these are judged in this order. */
const order = ['state-first', 'state-second', 'state-empty']
const cheats = loadCheats().filter(({ language }) => language === 'python')
cheats.sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name))

describe('cheats in Python', () => {
  it.each(cheats)('$name: $tries', async ({ code, expect: expected }) => {
    const verdict = await judged(code)
    expect(verdict.kind).not.toBe('passed')
    expect(expected).toContain(verdict.kind)
  })
})

describe('honest programs in Python', () => {
  it.each(loadHonest().filter(({ language }) => language === 'python'))('$name: $why', async ({ code }) => {
    const verdict = await judged(code)
    expect(verdict, JSON.stringify(verdict)).toMatchObject({ kind: 'passed', judged: 'out-of-process' })
  })
})
