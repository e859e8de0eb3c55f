/** Required minimums: a tier that cannot be had is an error that says why, never something weaker. */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { answerOf, type Who, whyNotAs } from './tiers.test-support.js'
import { openTier } from './tiers.js'

const script = `import { Sandbox } from 'CUPEL'
const answers = {}
for (const isolation of ['native:A', 'native:B', "native:B'", 'native', 'auto']) {
  try {
    const sandbox = await Sandbox.open({ isolation, workers: 1 })
    answers[isolation] = (await sandbox.isolationOf('c')).tier
    await sandbox.close()
  } catch (error) {
    answers[isolation] = error.code + ': ' + error.message
  }
}
console.log(JSON.stringify(answers))`

const refused = (choice: string, why: string) =>
  expect.stringMatching(new RegExp(`^CUPEL_ISOLATION: ${choice} isolation cannot be had here \\(${why}`))
const expected: [Who, Record<string, unknown>][] = [
  ['root', { 'native:A': 'A', 'native:B': 'A', "native:B'": 'A', native: 'A', auto: 'A' }],
  [
    'user',
    { 'native:A': refused('native:A', 'tier A needs root'), 'native:B': 'B', "native:B'": 'B', native: 'B', auto: 'B' },
  ],
  [
    'confined user',
    {
      'native:A': refused('native:A', 'tier A needs root'),
      'native:B': refused(
        'native:B',
        'tier B: user namespaces: Operation not permitted\\); start Cupel as root or allow user namespaces',
      ),
      "native:B'": "B'",
      native: "B'",
      auto: "B'",
    },
  ],
  [
    'confined root',
    {
      'native:A': refused('native:A', 'tier A: user namespaces: Operation not permitted'),
      'native:B': refused('native:B', 'tier A: user namespaces: Operation not permitted; tier B: '),
      "native:B'": "B'",
      native: "B'",
      auto: "B'",
    },
  ],
]
for (const [who, answers] of expected) {
  const reason = whyNotAs(who)
  if (reason) console.log(`minimums as ${who} are not tested: ${reason}`)
  it.skipIf(reason !== null)(`gives ${who} the best tier there is, and an error below the minimum`, () => {
    expect(answerOf(who, script)).toEqual(answers)
  })
}

const notUser = whyNotAs('user')
it.skipIf(notUser !== null)('holds every sandbox to the minimum that CUPEL_ISOLATION sets', () => {
  expect(answerOf('user', script, { CUPEL_ISOLATION: 'native:B' })).toEqual({
    'native:A': refused('native:A', 'tier A needs root'),
    'native:B': 'B',
    "native:B'": expect.stringContaining('weaker than native:B, which CUPEL_ISOLATION requires here'),
    native: expect.stringContaining('weaker than native:B'),
    auto: 'B',
  })
  expect(answerOf('user', script, { CUPEL_ISOLATION: 'native:A' })).toMatchObject({
    auto: refused('native:A', 'tier A needs root'),
  })
})

/** A warden that says what it likes. */
async function withWarden(program: string, use: (warden: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'cupel-test-'))
  const file = join(folder, 'warden')
  writeFileSync(file, `#!${process.execPath}\n${program}`)
  chmodSync(file, 0o755)
  try {
    await use(file)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const none = { version: 0, because: 'not wanted here' } as const
/** Answers every probe with these lines. */
const answering = (lines: string) => `
const { Socket } = require('node:net')
const socket = new Socket({ fd: 3 })
let waiting = Buffer.alloc(0)
socket.on('data', (part) => {
  waiting = Buffer.concat([waiting, part])
  while (waiting.length >= 4 && waiting.length >= 4 + waiting.readUInt32LE(0)) {
    const size = waiting.readUInt32LE(0)
    const out = Buffer.from(${JSON.stringify(lines)} + 'cpu-us=1000\\n')
    const reply = Buffer.alloc(4 + 56 + 4 + out.length + 8)
    reply.writeUInt32LE(reply.length - 4, 0)
    reply.writeUInt32LE(waiting.readUInt32LE(12), 4)
    reply.writeBigUInt64LE(20000n, 4 + 16)
    reply.writeUInt32LE(3, 4 + 52)
    reply.writeUInt32LE(out.length, 4 + 56)
    out.copy(reply, 4 + 60)
    waiting = waiting.subarray(4 + size)
    socket.write(reply)
  }
})
process.on('SIGTERM', () => process.exit(0))`

it('refuses a tier of which one primitive does not hold', async () => {
  const good = ['seccomp=yes', 'net-ns=yes', 'pid-ns=yes', 'own-uid=no', 'process-limit=yes']
  await withWarden(answering(`${good.join('\n')}\n`), async (warden) => {
    const { isolation } = await openTier(warden, "B'", none)
    expect(isolation.primitives).toEqual(['seccomp', 'net-ns', 'pid-ns', 'process-limit', 'exact-cpu', 'rss-watchdog'])
    expect(isolation.lacks).toEqual(['own-uid'])
  })
  const bad = good.map((line) => line.replace('seccomp=yes', 'seccomp=no'))
  await withWarden(answering(`${bad.join('\n')}\n`), async (warden) => {
    await expect(openTier(warden, "B'", none)).rejects.toThrow(/tier B: it does not hold here: seccomp/)
  })
})

it('says so if the probe ends without an answer', async () => {
  await withWarden('process.stderr.write("warden: no such luck"); process.exit(71)', async (warden) => {
    await expect(openTier(warden, 'B', none)).rejects.toThrow(/tier B: no such luck/)
  })
})
