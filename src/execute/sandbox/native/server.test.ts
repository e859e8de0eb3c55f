/** What the server says of a job: whose fault it is, what it waited for, what it used. */
import { availableParallelism } from 'node:os'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Limits, limitsFrom } from '../../../kernel/index.js'
import { findCgroups } from './cgroups.js'
import { wardenArgs } from './tiers.js'
import { buildWarden } from './build.mjs'
import { type Reply, endedBy, jobType, strings } from './protocol.js'
import { Server } from './server.js'

let server: Server
beforeAll(() => {
  server = new Server({
    path: `${buildWarden().folder}/warden`,
    args: wardenArgs(process.getuid?.() === 0 ? 'A' : 'B', findCgroups()),
  })
})
afterAll(() => server.close())

const many = 4 * availableParallelism()

function run(argv: readonly string[], stdin = Buffer.alloc(0), more: Partial<Limits> = {}): Promise<Reply> {
  const limits = limitsFrom({ cpuSeconds: 100_000, wallSeconds: 60, ...more })
  const blobs = [strings(argv), strings(['PATH=/usr/bin:/bin']), stdin, Buffer.alloc(0)]
  return server.job({ type: jobType.run, flags: 0, limits, blobs })
}

it('a program that sleeps has waited for no processor, more programs than processors have', async () => {
  const limits = { wallSeconds: 2, processes: many + 10 }
  const asleep = await run(['sleep', '60'], undefined, limits)
  const loops = `for ((i = 0; i < ${many}; i++)); do (while :; do :; done) & done; wait`
  const busy = await run(['bash', '-c', loops], undefined, limits)
  expect([asleep.endedBy, busy.endedBy]).toEqual([endedBy.wall, endedBy.wall])
  expect(busy.waitedMs).toBeGreaterThan(0.1 * busy.wallMs)
  expect(asleep.waitedMs).toBeLessThan(busy.waitedMs as number)
  expect(asleep.waitedMs).not.toBeNull()
})

it('a tool that cannot be started is no failure of the program; a program that cannot be started is', async () => {
  const tool = await run(['no-such-tool'])
  expect([tool.endedBy, tool.stderr.toString()]).toEqual([
    endedBy.notStarted,
    expect.stringMatching(/cannot start no-such-tool/),
  ])
  const program = await run(['./out'])
  expect([program.endedBy, program.exitCode]).toEqual([endedBy.itself, 127])
})

it('a large input, and those before, are not memory of the job', async () => {
  const small = await run(['true'])
  const large = await run(['true'], Buffer.alloc(64 << 20))
  const after = await run(['true'])
  for (const { endedBy: by, exitCode, peakBytes } of [large, after]) {
    expect([by, exitCode]).toEqual([endedBy.itself, 0])
    expect(peakBytes).toBeLessThan(small.peakBytes + (8 << 20))
  }
})
