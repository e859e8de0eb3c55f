import { expect, it } from 'vitest'
import { type JudgedProblem, limitsFrom, type Verdict } from '../../kernel/index.js'
import { measure } from './measure.js'

const judged = { problem: { id: 'p' }, suite: {} } as unknown as JudgedProblem
const passed = (cpuMs: number, peakBytes = 1) =>
  ({ kind: 'passed', judged: 'output', tests: [], cpuMs, wallMs: 0, peakBytes }) as Verdict

/** What each program gives, run by run; who was run, in order. */
function scripted(script: Record<string, Verdict[]>) {
  const order: string[] = []
  const judge = {
    async judge(_: JudgedProblem, { code }: { readonly code: string }) {
      order.push(code)
      return script[code]?.shift() as Verdict
    },
  }
  return { order, judge }
}

const limits = limitsFrom()

it('runs the programs in turns, another first each time, and takes the least', async () => {
  const { order, judge } = scripted({
    a: [passed(12, 5), passed(10, 7), passed(15, 6)],
    b: [passed(1), passed(1), passed(1)],
  })
  const found = await measure(judged, ['a', 'b'], { judge, limits, repeats: 3 })
  expect(order).toEqual(['a', 'b', 'b', 'a', 'a', 'b'])
  expect(found?.measurements).toEqual([
    { cpuMs: 10, spread: 0.5, peakBytes: 5, runs: 3, mean: { cpuMs: 37 / 3, peakBytes: 6 } },
    { cpuMs: 1, spread: 0, peakBytes: 1, runs: 3, mean: { cpuMs: 1, peakBytes: 1 } },
  ])
})

it('has no cost for a program that does not pass each time, and runs it no more', async () => {
  const wrong = { ...passed(1), kind: 'wrong' } as Verdict
  const lost = { ...passed(0), kind: 'infrastructure', reason: 'disk' } as Verdict
  const { order, judge } = scripted({
    a: [passed(5), wrong],
    b: [lost],
    c: [passed(0)],
    d: [passed(2), passed(2), passed(2)],
  })
  const found = await measure(judged, ['a', 'b', 'c', 'd'], { judge, limits, repeats: 3 })
  expect(found?.measurements).toEqual([
    { because: 'wrong when it was measured' },
    { because: 'infrastructure: disk' },
    { because: 'its CPU time cannot be measured here' },
    { cpuMs: 2, spread: 0, peakBytes: 1, runs: 3, mean: { cpuMs: 2, peakBytes: 1 } },
  ])
  expect(order.filter((code) => code !== 'd')).toEqual(['a', 'b', 'c', 'a'])
})

it('gives nothing once somebody asked to stop', async () => {
  const stop = new AbortController()
  stop.abort()
  const { judge } = scripted({ a: [passed(1)] })
  expect(await measure(judged, ['a'], { judge, limits, repeats: 1, signal: stop.signal })).toBeNull()
})
