import { readFileSync, readdirSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, it } from 'vitest'
import type { Engine } from '../engine.js'
import { openWasmEngine } from './engine.js'
import { examineJob } from './fixture.js'
import { limitsFrom } from '../../../kernel/index.js'
let e: Engine
beforeAll(async () => { e = await openWasmEngine({ workers: 2 }) }, 60000)
afterAll(() => e.close())
const limits = limitsFrom({ cpuSeconds: 3, wallSeconds: 30, memoryMb: 256, outputBytes: 1e6 })
it('js corpus', async () => {
  const d = new URL('../../judge/cheats/', import.meta.url).pathname
  for (const [sub, lang] of [['javascript', 'javascript'], ['honest/javascript', 'javascript']] as const)
    await Promise.all(readdirSync(d + sub).map(async (f) => {
      const code = readFileSync(`${d}${sub}/${f}`, 'utf8')
      const r = await e.examine(examineJob(code, 'assert.strictEqual(add(1, 2), 3)\nassert.strictEqual(add(-5, 12), 7)\nassert.strictEqual(add(100, 200), 300)', { language: lang, limits, entryPoint: 'add' }))
      if ((r.ended === 'passed') !== (sub !== 'javascript')) console.log('!!', sub, f, r.ended, r.evidence, r.reason, JSON.stringify(r.exception))
    }))
}, 300000)
it('humaneval-x js', async () => {
  const rows = gunzipSync(readFileSync('/work/shared/data/THUDM__CodeGeeX/codegeex/benchmark/humaneval-x/js/data/humaneval_js.jsonl.gz')).toString().trim().split('\n').map((l) => JSON.parse(l))
  const t = performance.now(); let ok = 0
  await Promise.all(rows.map(async (r) => {
    const entry = /(?:const|let|var|function)\s+(\w+)/g
    const name = [...String(r.prompt).matchAll(entry)].at(-1)?.[1] ?? 'f'
    const s = await e.examine(examineJob(r.prompt + r.canonical_solution, r.test, { limits: { ...limits, cpuSeconds: 20, wallSeconds: 60 }, entryPoint: name, trusted: r.prompt }))
    if (s.ended === 'passed') ok++
    else console.log('!!', r.task_id, name, s.ended, s.evidence, s.reason, JSON.stringify(s.exception), s.cpuMs)
  }))
  console.log('ok', ok, rows.length, performance.now() - t)
}, 600000)
it('multiple ts/js', async () => {
  const rows = gunzipSync(readFileSync('/work/shared/data/amazon-science__mxeval/' + (process.env.MX ?? 'x'))).toString().trim().split('\n').map((l) => JSON.parse(l))
  const t = performance.now(); let ok = 0
  await Promise.all(rows.slice(0, 150).map(async (r) => {
    const s = await e.examine(examineJob(r.prompt + (r.canonical_solution ?? ''), r.test, { language: process.env.MXL ?? 'javascript', limits: { ...limits, cpuSeconds: 20, wallSeconds: 60 }, entryPoint: r.entry_point, trusted: r.prompt }))
    if (s.ended === 'passed') ok++
    else console.log('!!', r.task_id, r.entry_point, s.ended, s.evidence, s.reason, JSON.stringify(s.exception), s.cpuMs)
  }))
  console.log('ok', ok, rows.length, performance.now() - t)
}, 600000)
