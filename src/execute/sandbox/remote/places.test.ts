import { expect, it } from 'vitest'
import { Places } from './places.js'

const settled = async (promise: Promise<unknown>) => {
  const pending = Symbol('pending')
  return (await Promise.race([promise, new Promise((go) => setTimeout(go, 20, pending))])) !== pending
}

it('gives its places in order, and takes them back once', async () => {
  const places = new Places(1)
  const order: number[] = []
  const first = await places.take()
  const others = [1, 2, 3].map(async (n) => {
    const release = await places.take()
    order.push(n)
    return release
  })
  expect(await settled(Promise.race(others))).toBe(false)
  first()
  first()
  const second = await others[0]
  expect(await settled(Promise.race(others.slice(1)))).toBe(false)
  second?.()
  ;(await others[1])?.()
  await others[2]
  expect(order).toEqual([1, 2, 3])
})

it('lets go of who does not want one any more, although nobody leaves', async () => {
  const places = new Places(1)
  const first = await places.take()
  const stop = new AbortController()
  const waiting = places.take(stop.signal)
  const next = places.take()
  stop.abort(new Error('enough'))
  await expect(waiting).rejects.toThrow('enough')
  await expect(places.take(stop.signal)).rejects.toThrow('enough')
  first()
  expect(await settled(next)).toBe(true)
})

it('takes the place back when the work fails', async () => {
  const places = new Places(1)
  await expect(places.with(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await places.with(async () => 5)).toBe(5)
})
