/** Results of studies from one session to the next. */
import { appendFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { UsageError } from '../kernel/index.js'
import { keptFile, KeptResults, takeKeptFolder } from './kept-results.js'
import { sha256 } from './verdict-key.js'

let dir: string
let path: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'cupel-kept-'))
  path = keptFile(dir, 'study')
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const never = () => Promise.reject(new Error('it was found out again'))
const found =
  <T>(value: T) =>
  () =>
    Promise.resolve(value)

async function session<T>(work: (kept: KeptResults) => Promise<T>): Promise<T> {
  const kept = await KeptResults.open(path)
  try {
    return await work(kept)
  } finally {
    kept.close()
  }
}

describe('kept results', () => {
  it('are found out once, also in the next session', async () => {
    await session(async (kept) => {
      expect(await kept.once(sha256('a'), found({ kind: 'passed', note: 'one\n«two»' }))).toMatchObject({
        kind: 'passed',
      })
      expect(await kept.once(sha256('a'), never)).toEqual({ kind: 'passed', note: 'one\n«two»' })
      expect(kept.reused).toBe(1)
    })
    await session(async (kept) => {
      expect(await kept.once(sha256('a'), never)).toEqual({ kind: 'passed', note: 'one\n«two»' })
      expect(await kept.once(sha256('b'), found(['01']))).toEqual(['01'])
      expect(kept.reused).toBe(1)
    })
  })

  it('are not kept where they do not last', async () => {
    const machine = { kind: 'infrastructure' }
    await session((kept) => kept.once(sha256('a'), found(machine), ({ kind }: typeof machine) => kind !== machine.kind))
    await session(async (kept) => expect(await kept.once(sha256('a'), found('now'))).toBe('now'))
  })

  it('survive a torn last line and lines that are none', async () => {
    await session(async (kept) => {
      await kept.once(sha256('a'), found(1))
      await kept.once(sha256('b'), found(2))
    })
    truncateSync(path, readFileSync(path).length - 3)
    appendFileSync(path, `\n{"key":"${sha256('c')}","result":{]}\nnonsense\n`)
    await session(async (kept) => {
      expect(await kept.once(sha256('a'), never)).toBe(1)
      expect(await kept.once(sha256('b'), found(3))).toBe(3)
      expect(await kept.once(sha256('c'), found(4))).toBe(4)
    })
    await session(async (kept) => expect(await kept.once(sha256('b'), never)).toBe(3))
  })
})

describe('a folder of kept results', () => {
  const take = (resume: boolean) => takeKeptFolder(dir, { resume })

  it('has one writer', () => {
    const release = take(false)
    expect(() => take(false)).toThrow(UsageError)
    release()
    take(false)()
  })

  it('is gone on from only when that is asked for', () => {
    writeFileSync(path, '')
    expect(() => take(false)).toThrow(/already holds results \(study\.jsonl\): go on from them with --resume/)
    take(true)()
  })

  it('holds nothing else', () => {
    writeFileSync(join(dir, 'run.json'), '{}')
    expect(() => take(true)).toThrow(/something else than results of studies \(run\.json\)/)
  })
})
