import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { BadDataError, NotFoundError, StorageError, UsageError } from '../kernel/index.js'
import { addressOf, pullData } from './pull.js'

const rows = '{"task_id": "a"}\n{"task_id": "b"}\n'
const sha256 = createHash('sha256').update(rows).digest('hex')
const file = { path: 'owner__repo/data/rows.jsonl', from: 'github:owner/repo/main/data/rows.jsonl', sha256 }

let folder: string
let server: Server
let source: string
let asked: string[]
let answer: RequestListener

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cupel-pull-'))
  asked = []
  server = createServer((request, response) => {
    asked.push(request.url ?? '')
    answer(request, response)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  source = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  answer = (_, response) => response.end(rows)
})

afterEach(async () => {
  server.closeAllConnections()
  await new Promise((closed) => server.close(closed))
  rmSync(folder, { recursive: true, force: true })
})

const pull = (more: object = {}, which: object = file) =>
  pullData(which as typeof file, { folder, source, wait: () => 0, ...more })
const at = () => join(folder, file.path)
/** Everything below the folder: nothing half-written may stay. */
const kept = () => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())

describe('pullData', () => {
  it('puts the published bytes in their place', async () => {
    const steps: number[] = []
    expect(await pull({ progress: (bytes: number) => steps.push(bytes) })).toEqual({
      path: file.path,
      file: at(),
      status: 'downloaded',
      bytes: rows.length,
    })
    expect(readFileSync(at(), 'utf8')).toBe(rows)
    expect(asked).toEqual(['/owner/repo/main/data/rows.jsonl'])
    expect(steps.at(-1)).toBe(rows.length)
    expect(kept()).toHaveLength(1)
  })

  it('asks nobody for what is there, unless told to or it is damaged', async () => {
    mkdirSync(join(folder, 'owner__repo/data'), { recursive: true })
    writeFileSync(at(), rows)
    expect((await pull()).status).toBe('present')
    expect(asked).toHaveLength(0)
    expect((await pull({ force: true })).status).toBe('downloaded')
    writeFileSync(at(), rows.slice(0, 9))
    expect((await pull()).status).toBe('downloaded')
    expect(readFileSync(at(), 'utf8')).toBe(rows)
  })

  it('keeps nothing that has another checksum, and does not ask again', async () => {
    answer = (_, response) => response.end(`${rows}\n`)
    await expect(pull()).rejects.toThrow(BadDataError)
    await expect(pull()).rejects.toThrow(/checksum/)
    expect(asked).toHaveLength(2)
    expect(kept()).toHaveLength(0)
  })

  it('leaves the old file alone when the new one is bad', async () => {
    mkdirSync(join(folder, 'owner__repo/data'), { recursive: true })
    writeFileSync(at(), 'old')
    answer = (_, response) => response.end('other')
    await expect(pull({ force: true })).rejects.toThrow(/checksum/)
    expect(readFileSync(at(), 'utf8')).toBe('old')
  })

  it('says at once that there is no such file', async () => {
    answer = (_, response) => response.writeHead(404).end('404: Not Found')
    await expect(pull()).rejects.toThrow(NotFoundError)
    expect(asked).toHaveLength(1)
    expect(kept()).toHaveLength(0)
  })

  it('tries again when the connection is cut', async () => {
    answer = (_, response) => {
      if (asked.length > 2) return response.end(rows)
      response.writeHead(200, { 'content-length': rows.length })
      response.write(rows.slice(0, 5), () => response.destroy())
    }
    expect((await pull()).status).toBe('downloaded')
    expect(asked).toHaveLength(3)
    expect(kept()).toHaveLength(1)
  })

  it('gives up after three retries, and keeps nothing', async () => {
    answer = (request) => request.socket.destroy()
    await expect(pull()).rejects.toThrow(StorageError)
    expect(asked).toHaveLength(4)
    answer = (_, response) => response.writeHead(503).end()
    await expect(pull()).rejects.toThrow(/after 4 attempts: the server answered 503/)
    expect(kept()).toHaveLength(0)
  })

  it('follows a redirect', async () => {
    answer = (request, response) =>
      request.url === '/moved' ? response.end(rows) : response.writeHead(302, { location: '/moved' }).end()
    expect((await pull()).status).toBe('downloaded')
    expect(readFileSync(at(), 'utf8')).toBe(rows)
  })

  it.each([
    ['by its type', 'text/html; charset=utf-8', 'hello'],
    ['by its beginning', 'text/plain', '\n<!DOCTYPE html><p>Log in'],
  ])('refuses a web page, known %s', async (_, type, body) => {
    answer = (_, response) => response.writeHead(200, { 'content-type': type }).end(body)
    await expect(pull({}, { ...file, sha256: undefined })).rejects.toThrow(/web page/)
    expect(kept()).toHaveLength(0)
  })

  it('refuses a pointer to a large file, and an empty file', async () => {
    answer = (_, response) => response.end('version https://git-lfs.github.com/spec/v1\noid sha256:0\n')
    await expect(pull()).rejects.toThrow(/pointer/)
    answer = (_, response) => response.end()
    await expect(pull()).rejects.toThrow(/empty/)
    expect(kept()).toHaveLength(0)
  })

  it('says which place could not be written', async () => {
    writeFileSync(join(folder, 'owner__repo'), 'a file where a folder should be')
    await expect(pull()).rejects.toThrow(/owner__repo.*could not be written/)
    expect(asked).toHaveLength(1)
  })

  it('knows bundled files and files without a public address', async () => {
    expect((await pullData({ path: 'first-assay/problems.jsonl', bundled: true }, { folder })).status).toBe('present')
    await expect(pull({}, { path: 'x/y' })).rejects.toThrow(UsageError)
    expect(existsSync(join(folder, 'x'))).toBe(false)
  })
})

describe('addressOf', () => {
  it('takes a commit after / or @, and escapes names', () => {
    expect(addressOf({ path: '', from: 'github:o/r/abc/d e/f#.gz' }, 'http://mirror/')).toBe(
      'http://mirror/o/r/abc/d%20e/f%23.gz',
    )
    expect(addressOf({ path: '', from: 'github:o/r@abc/f' }, 'http://mirror')).toBe('http://mirror/o/r/abc/f')
    expect(addressOf({ path: '', from: 'github:o/r/abc/f' })).toMatch(/^https:\/\/[^/]*github[^/]*\/o\/r\/abc\/f$/)
  })

  it.each(['github:o/r', 'ftp://x/y', 'github:o/r/abc'])('refuses %s', (from) => {
    expect(() => addressOf({ path: 'p', from })).toThrow(BadDataError)
  })

  it('refuses a mirror that is no web address', () => {
    expect(() => addressOf({ path: 'p', from: 'github:o/r/abc/f' }, 'mirror')).toThrow(UsageError)
  })
})
