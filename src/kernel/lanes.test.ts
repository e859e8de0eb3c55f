import { expect, it } from 'vitest'
import { inLanes } from './lanes.js'

it('keeps the order and never has more at work than lanes', async () => {
  let working = 0
  let most = 0
  const results = await inLanes([30, 1, 20, 5, 1], 2, async (ms, i) => {
    most = Math.max(most, ++working)
    await new Promise((resolve) => setTimeout(resolve, ms))
    working--
    return i
  })
  expect(results).toEqual([0, 1, 2, 3, 4])
  expect(most).toBe(2)
  expect(await inLanes([], 3, async () => 1)).toEqual([])
})

it('hands on the first error', async () => {
  await expect(inLanes([1, 2], 1, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
})
