import { afterAll, beforeAll, it } from 'vitest'
import type { Engine } from '../engine.js'
import { openWasmEngine } from './engine.js'
import { loadCheats, loadHonest, cheatSuite } from '../../judge/cheats/corpus.js'
import { limitsFrom } from '../../../kernel/index.js'
let e: Engine
beforeAll(async () => { e = await openWasmEngine({ workers: 2 }) }, 60000)
afterAll(() => e.close())
const limits = limitsFrom({ cpuSeconds: 2, wallSeconds: 30, memoryMb: 256, outputBytes: 1e6 })
it('corpus', async () => {
  let n = 0
  for (const [list, pass] of [[loadCheats(), false], [loadHonest(), true]] as const)
    await Promise.all((list as any[]).map(async (c) => {
      const r = await e.examine({ language: c.language, code: c.code ?? c.source, limits, suite: cheatSuite(c.language) }); n++
      if ((r.ended === 'passed') !== pass || r.ended === 'infrastructure') console.log('!!', c.language, c.name ?? c.file, r.ended, r.evidence?.slice(0, 200), r.reason?.slice(0, 200), JSON.stringify(r.exception)?.slice(0, 200), c.needs)
    }))
  console.log('count', n)
}, 600000)
