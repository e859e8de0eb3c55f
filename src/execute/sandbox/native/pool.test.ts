import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { limitsFrom } from '../../../kernel/index.js'
import { type Check, Pool, type PoolJob, Unfit } from './pool.js'
import { type Reply, endedBy, jobType } from './protocol.js'
import { Turns } from './turns.js'

/**
 * A server that only talks: a job's blob says what it is called and how each of its runs ends. It writes down when it
 * begins and ends a job, and what it is told to hold.
 */
const script = `
const { appendFileSync, readSync, writeSync, readFileSync } = require('node:fs')
const log = process.argv[2]
const note = (text) => appendFileSync(log, text + '\\n')
const read = (size) => {
  const data = Buffer.alloc(size)
  for (let at = 0; at < size; ) {
    const n = readSync(3, data, at, size - at, null)
    if (n === 0) process.exit(0)
    at += n
  }
  return data
}
for (;;) {
  const frame = read(read(4).readUInt32LE(0))
  const blob = frame.subarray(44, 44 + frame.readUInt32LE(40)).toString()
  const type = frame.readUInt32LE(0)
  if (type === 2 || type === 5) { note('hold ' + blob); continue }
  const { name, ends, ms } = JSON.parse(blob)
  const run = readFileSync(log, 'utf8').split('\\n').filter((line) => line === 'begin ' + name).length
  note('begin ' + name)
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms ?? 5)
  note('end ' + name)
  const end = ends[Math.min(run, ends.length - 1)]
  if (end.dies) process.exit(1)
  const reply = Buffer.alloc(60)
  reply.writeUInt32LE(56, 0)
  reply.writeUInt32LE(frame.readUInt32LE(8), 4)
  reply.writeUInt32LE(end.by ?? 0, 8)
  reply.writeBigUInt64LE(BigInt((end.cpuMs ?? 1) * 1000), 20)
  reply.writeBigUInt64LE(BigInt((end.wallMs ?? 1000) * 1000), 28)
  reply.writeBigInt64LE(BigInt(end.waitedMs === null ? -1 : (end.waitedMs ?? 0) * 1000), 44)
  writeSync(3, reply)
}
`

interface End {
  readonly by?: number
  readonly cpuMs?: number
  readonly wallMs?: number
  readonly waitedMs?: number | null
  readonly dies?: boolean
}

let folder: string
let pools: Pool[] = []
let log: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cupel-pool-'))
  writeFileSync(join(folder, 'server.cjs'), script)
})
afterEach(async () => {
  await Promise.all(pools.map((pool) => pool.close()))
  pools = []
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function open(size: number, turns?: Turns, check?: Check): Pool {
  if (pools.length === 0) {
    log = join(folder, `log-${Math.random()}`)
    writeFileSync(log, '')
  }
  const pool = new Pool({ path: process.execPath, args: [join(folder, 'server.cjs'), log] }, size, turns, check)
  pools.push(pool)
  return pool
}

const limits = limitsFrom({ cpuSeconds: 1, wallSeconds: 1 })
function job(name: string, ends: readonly End[] = [{}], more: { ms?: number; held?: string } = {}): PoolJob {
  const blobs = [Buffer.from(JSON.stringify({ name, ends, ms: more.ms }))]
  const frame = { type: jobType.run, flags: 0, limits, blobs }
  if (more.held === undefined) return { frame }
  return { frame, held: { key: more.held, frame: { ...frame, type: jobType.hold, blobs: [Buffer.from(more.held)] } } }
}
const events = () => readFileSync(log, 'utf8').split('\n').slice(0, -1)
const runsOf = (name: string) => events().filter((line) => line === `begin ${name}`).length
const wall = { by: endedBy.wall, wallMs: 1000 }

describe('a job that the wall clock ends', () => {
  it.each<[string, End, number]>([
    ['slept: it is not run again', { ...wall, waitedMs: 3 }, 1],
    ['slept after it had used half of its CPU time: nor is it', { ...wall, waitedMs: 3, cpuMs: 500 }, 1],
    ['waited for a processor most of the time: it is run again', { ...wall, waitedMs: 700, cpuMs: 300 }, 2],
    ['used CPU, where the kernel does not say who waited: it is run again', { ...wall, waitedMs: null, cpuMs: 300 }, 2],
    ['used none, where the kernel does not say who waited: it is not', { ...wall, waitedMs: null, cpuMs: 1 }, 1],
  ])('%s', async (_, end, runs) => {
    const pool = open(2)
    const reply = await pool.run(job('a', [end, { by: endedBy.itself }]))
    expect(runsOf('a')).toBe(runs)
    expect(reply.endedBy).toBe(runs === 2 ? endedBy.itself : endedBy.wall)
  })

  it('is run again once only', async () => {
    const pool = open(2)
    expect((await pool.run(job('a', [{ ...wall, waitedMs: 900 }]))).endedBy).toBe(endedBy.wall)
    expect(runsOf('a')).toBe(2)
  })

  it('and was only starved runs again with nothing beside it, in either pool, before what waits', async () => {
    const turns = new Turns()
    const [cold, warm] = [open(2, turns), open(2, turns)]
    const others: Promise<Reply>[] = []
    const starved = cold.run(job('starved', [{ ...wall, waitedMs: 900 }, {}]))
    for (let i = 0; i < 30; i++) others.push((i % 2 ? cold : warm).run(job(`other${i}`, [{}], { ms: 10 })))
    await Promise.all([starved, ...others])
    const seen = events()
    const again = seen.lastIndexOf('begin starved')
    expect(seen[again + 1]).toBe('end starved')
    const before = seen.slice(0, again)
    for (const line of before) if (line.startsWith('begin')) expect(before).toContain(line.replace('begin', 'end'))
    expect(seen.slice(again).filter((line) => line.startsWith('begin other')).length).toBeGreaterThan(0)
    expect(seen.filter((line) => line.startsWith('begin other'))).toHaveLength(30)
  })
})

it('jobs that never stop coming do not keep a starved one waiting', async () => {
  const pool = open(2)
  let done = false
  const starved = pool.run(job('starved', [{ ...wall, waitedMs: 900 }, {}])).finally(() => {
    done = true
  })
  const feed = async () => {
    for (let i = 0; !done && i < 300; i++) await pool.run(job('other', [{}], { ms: 1 }))
  }
  await Promise.all([starved, ...Array.from({ length: 8 }, feed)])
  const before = events().lastIndexOf('begin starved')
  expect(
    events()
      .slice(0, before)
      .filter((line) => line === 'begin other').length,
  ).toBeLessThan(300)
})

it('a server that is lost is replaced, and its jobs are tried once more', async () => {
  const pool = open(1)
  const [first, second] = [pool.run(job('dies', [{ dies: true }, {}])), pool.run(job('after'))]
  expect([(await first).endedBy, (await second).endedBy]).toEqual([0, 0])
  await expect(pool.run(job('always', [{ dies: true }]))).rejects.toThrow(/server is gone/)
  expect(runsOf('always')).toBe(2)
})

it('sends what is to be held once to each server, and again to one that held something else', async () => {
  const pool = open(2)
  await Promise.all(Array.from({ length: 40 }, (_, i) => pool.run(job(`a${i}`, [{}], { held: 'A' }))))
  const holds = () => events().filter((line) => line === 'hold A').length
  expect(holds()).toBeGreaterThan(0)
  expect(holds()).toBeLessThanOrEqual(2)
  const one = open(1)
  for (const [i, held] of ['B', 'B', 'A', 'B'].entries()) await one.run(job(`b${i}`, [{}], { held }))
  expect(
    events()
      .filter((line) => line.startsWith('hold'))
      .slice(-3),
  ).toEqual(['hold B', 'hold A', 'hold B'])
})

it.each([
  ['', 'nothing'],
  ['B', 'something else'],
])('an endless stream of jobs of one held thing lets others in: %j', async (key) => {
  const pool = open(1)
  let done = false
  let stream = 0
  const feed = async () => {
    for (; !done && stream < 5000; stream++) await pool.run(job('a', [{}], { ms: 0, held: 'A' }))
  }
  const lanes = Array.from({ length: 16 }, feed)
  const more = key === '' ? {} : { held: key }
  await Promise.all(Array.from({ length: 40 }, () => pool.run(job('other', [{}], { ms: 0, ...more }))))
  done = true
  await Promise.all(lanes)
  expect(stream).toBeLessThan(2000)
})

it('a closed pool refuses what waits and what comes', async () => {
  const pool = open(1)
  const jobs = Array.from({ length: 10 }, (_, i) => pool.run(job(`a${i}`, [{}], { ms: 50 })))
  const settled = Promise.allSettled(jobs)
  await pool.close()
  expect((await settled).some(({ status }) => status === 'rejected')).toBe(true)
  await expect(pool.run(job('late'))).rejects.toThrow(/closed/)
})

describe('a server that must pass a check', () => {
  const check = (ends: readonly End[]): Check => ({
    frames: [job('check', ends).frame],
    passes: ([reply]) => reply?.endedBy === endedBy.itself,
  })

  it('gets jobs when it has', async () => {
    const pool = open(2, undefined, check([{}]))
    expect(await pool.prepare()).toBe(true)
    await Promise.all(Array.from({ length: 20 }, (_, i) => pool.run(job(`a${i}`))))
    const seen = events()
    expect(seen[0]).toBe('begin check')
    expect(seen.filter((line) => line.startsWith('end a'))).toHaveLength(20)
  })

  it.each<[string, End]>([
    ['does something else', { by: endedBy.cpu }],
    ['ends', { dies: true }],
  ])('is given up with all its jobs when it %s instead', async (_, end) => {
    const pool = open(2, undefined, check([end]))
    const jobs = Array.from({ length: 9 }, (_, i) => pool.run(job(`a${i}`)))
    for (const settled of await Promise.allSettled(jobs))
      expect(settled).toMatchObject({ status: 'rejected', reason: expect.any(Unfit) })
    await expect(pool.run(job('late'))).rejects.toThrow(Unfit)
    expect(await pool.prepare()).toBe(false)
  })

  it('is given up too when only the second one fails', async () => {
    const pool = open(2, undefined, check([{}, { by: endedBy.cpu }]))
    const jobs = Array.from({ length: 9 }, (_, i) => pool.run(job(`a${i}`, [{}], { ms: 20 })))
    const outcomes = (await Promise.allSettled(jobs)).map(({ status }) => status)
    expect(outcomes).toContain('rejected')
    await expect(pool.run(job('late'))).rejects.toThrow(Unfit)
  })
})
