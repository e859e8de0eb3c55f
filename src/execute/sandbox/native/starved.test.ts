/** What tells a program that sleeps from one that the machine had no time for (pool.ts decides by it). */
import { availableParallelism } from 'node:os'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { limitsFrom } from '../../../kernel/index.js'
import { buildWarden } from './build.mjs'
import { type Reply, endedBy, jobType, strings } from './protocol.js'
import { Server } from './server.js'

let server: Server
beforeAll(() => {
  server = new Server({ path: `${buildWarden().folder}/warden`, args: [] })
})
afterAll(() => server.close())

const many = 4 * availableParallelism()

function run(script: string): Promise<Reply> {
  const limits = limitsFrom({ cpuSeconds: 100_000, wallSeconds: 2, processes: many + 10 })
  const blobs = [strings(['bash', '-c', script]), strings(['PATH=/usr/bin:/bin']), Buffer.alloc(0), Buffer.alloc(0)]
  return server.job({ type: jobType.run, flags: 0, limits, blobs })
}

it('a program that sleeps has waited for no processor, more programs than processors have', async () => {
  const asleep = await run('sleep 60')
  const busy = await run(`for ((i = 0; i < ${many}; i++)); do (while :; do :; done) & done; wait`)
  expect([asleep.endedBy, busy.endedBy]).toEqual([endedBy.wall, endedBy.wall])
  expect(busy.waitedMs).toBeGreaterThan(0.1 * busy.wallMs)
  expect(asleep.waitedMs).toBeLessThan(busy.waitedMs as number)
  expect(asleep.waitedMs).not.toBeNull()
})
