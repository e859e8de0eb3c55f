import { expect, it } from 'vitest'
import { inOrder } from './in-order.js'

const later = () => new Promise<void>((resolve) => setTimeout(resolve, 1))

/** Each item's work ends when it is told to. */
function controlled() {
  const begun: { item: number; finish(): void }[] = []
  const work = (item: number) =>
    new Promise<number>((resolve) => begun.push({ item, finish: () => resolve(item * 10) }))
  return { begun, work }
}

it('yields in the order of the source, however the work ends', async () => {
  const { begun, work } = controlled()
  const results = inOrder([1, 2, 3], work)
  const first = results.next()
  while (begun.length < 3) await later()
  for (const { finish } of [...begun].reverse()) finish()
  expect([(await first).value, (await results.next()).value, (await results.next()).value]).toEqual([10, 20, 30])
  expect((await results.next()).done).toBe(true)
})

it('reads no further than it can work, and goes on when a result is taken', async () => {
  let read = 0
  function* endless() {
    for (;;) yield read++
  }
  const results = inOrder(endless(), async (item) => item)
  await results.next()
  const after = read
  expect(after).toBeLessThanOrEqual(66)
  for (let i = 0; i < 5; i++) await later()
  expect(read).toBe(after)
  for (let i = 1; i < 200; i++) expect((await results.next()).value).toBe(i)
  await results.return(undefined)
})

it('yields what is ready while the source keeps it waiting', async () => {
  let give: (() => void) | undefined
  async function* slow() {
    yield 1
    await new Promise<void>((resolve) => {
      give = resolve
    })
    yield 2
  }
  const results = inOrder(slow(), async (item) => item)
  expect((await results.next()).value).toBe(1)
  const second = results.next()
  while (give === undefined) await later()
  await later()
  give?.()
  expect((await second).value).toBe(2)
})

it('hands on errors of the work and of the source, and ends the source when nobody listens any more', async () => {
  const failing = inOrder([1, 2], async (item) => {
    if (item === 2) throw new Error('the work')
    return item
  })
  expect((await failing.next()).value).toBe(1)
  await expect(failing.next()).rejects.toThrow('the work')

  async function* broken() {
    yield 1
    throw new Error('the source')
  }
  const results = inOrder(broken(), async (item) => item)
  await expect(
    (async () => {
      for await (const _ of results);
    })(),
  ).rejects.toThrow('the source')

  let ended = false
  function* watched() {
    try {
      for (;;) yield 1
    } finally {
      ended = true
    }
  }
  for await (const _ of inOrder(watched(), () => new Promise<number>((resolve) => setTimeout(resolve, 1, 1)))) break
  expect(ended).toBe(true)
})
