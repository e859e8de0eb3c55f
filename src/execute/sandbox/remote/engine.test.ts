/** What the client does when the server, or what stands between, fails or is hostile. */
import type { ServerResponse } from 'node:http'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Program, limitsFrom } from '../../../kernel/index.js'
import type { Engine, ExamineJob, MatrixJob } from '../engine.js'
import { Sandbox } from '../sandbox.js'
import type { Patience } from './connection.js'
import { type RemoteOptions, openRemoteEngine } from './engine.js'
import { type Loopback, description, execution, hurried, listen, misbehave, send } from './loopback.test-support.js'

const undo: (() => Promise<void>)[] = []
afterEach(async () => {
  vi.unstubAllEnvs()
  for (const one of undo.splice(0).reverse()) await one()
})

const limits = limitsFrom({ cpuSeconds: 1, wallSeconds: 5 })
const program: Program = { language: 'python', entry: 'a.py', files: { 'a.py': 'print(1)' } }
const suite = { kind: 'assertions', trusted: '', script: 'f()', entryPoint: 'f' } as const
const job: ExamineJob = { language: 'python', suite, code: 'def f(): pass', limits }

type Answer = (outgoing: ServerResponse, nth: number) => void

async function against(answer: Answer, patience?: Patience, more: Partial<RemoteOptions> = {}): Promise<Engine> {
  const server = await misbehave(answer)
  undo.push(() => server.close())
  return opened(server, patience, more)
}

async function opened(
  server: Loopback,
  patience: Patience = hurried(),
  more: Partial<RemoteOptions> = {},
): Promise<Engine> {
  const engine = await openRemoteEngine({ url: server.url, ...using, ...more }, patience)
  undo.push(() => engine.close())
  return engine
}

const page = '<!DOCTYPE html><html><head><title>Welcome to the proxy</title></head></html>'
const flood = (outgoing: ServerResponse) => {
  // As much as the client takes; a whole gigabyte if it lets that happen.
  const part = Buffer.alloc(1 << 20, 32)
  let left = 1024
  const more = () => {
    while (left-- > 0) if (!outgoing.write(part)) return void outgoing.once('drain', more)
    outgoing.end()
  }
  outgoing.writeHead(200, { 'content-type': 'application/json' })
  more()
}

const unusable: [string, Answer, RegExp][] = [
  ['broken JSON', (out) => send(out, 200, '{"outcome": "ok"'), /answered with broken JSON instead of JSON/],
  ['an HTML page', (out) => send(out, 200, page), /an HTML page \(«Welcome to the proxy»\)/],
  ['an HTML page and 404', (out) => send(out, 404, page), /answered 404 with an HTML page/],
  ['nothing', (out) => send(out, 200, ''), /answered with an empty body/],
  ['another shape', (out) => send(out, 200, { ...execution, exitCode: '0' }), /another shape \(exitCode/],
  [
    'an outcome that does not exist',
    (out) => send(out, 200, { ...execution, outcome: 'passed' }),
    /another shape \(outcome/,
  ],
  ['negative times', (out) => send(out, 200, { ...execution, cpuMs: -1 }), /another shape \(cpuMs/],
  [
    'numbers too large to be',
    (out) => send(out, 200, JSON.stringify(execution).replace('"wallMs":2', '"wallMs":1e999')),
    /shape/,
  ],
  ['a list', (out) => send(out, 200, []), /another shape/],
  ['null', (out) => send(out, 200, 'null'), /another shape/],
  ['bytes that are no text', (out) => out.writeHead(200).end(Buffer.from([0x22, 0xff, 0x22])), /not UTF-8/],
  ['a gigabyte', flood, /answered with more than \d+ bytes/],
  ['a redirection', (out) => send(out, 307, '', { location: 'http://127.0.0.1:1/' }), /answers with a redirection/],
  ['a fault of its own', (out) => send(out, 500, { error: { code: 'CUPEL_INTERNAL', message: 'oh' } }), /failed: oh/],
  ['a code nobody knows', (out) => send(out, 500, { error: { code: 'X', message: 'oh' } }), /failed: oh/],
  ['a late fault', (out) => send(out, 200, '  {"error":{"code":"CUPEL_INTERNAL","message":"oh"}}'), /failed: oh/],
  ['403', (out) => send(out, 403, page), /wants a token \(403\): set CUPEL_REMOTE_TOKEN/],
]

/** What the tests of a round open engines with. */
let using: Partial<RemoteOptions> = {}

describe.each([
  ['kept connections', {}],
  ['fetch', { fetch: globalThis.fetch }],
])('over %s', (_, transport) => {
  beforeAll(() => {
    using = transport
  })

  describe('an answer that cannot be used', () => {
    it.each(unusable)('%s: is asked for once, and is no failure of the program', async (_, answer, reason) => {
      let asked = 0
      const engine = await against((out, nth) => {
        asked++
        answer(out, nth)
      })
      const done = await engine.run(program, limits)
      expect(done).toMatchObject({ outcome: 'infrastructure', reason: expect.stringMatching(reason), stdout: '' })
      expect(done.reason).toMatch(/^the Cupel server at http:\/\/127\.0\.0\.1:\d+ /)
      expect(asked).toBe(1)
      const seen = await engine.examine(job)
      expect(seen).toMatchObject({ ended: 'infrastructure', reason: expect.stringMatching(/^the Cupel server at /) })
    })
    it('of too many headers is none either', async () => {
      const engine = await against((out) => send(out, 200, execution, { x: 'y'.repeat(100_000) }))
      expect(await engine.run(program, limits)).toMatchObject({ outcome: 'infrastructure' })
    })
    it('is one that never comes', async () => {
      const engine = await against((out) => out.writeHead(200).write(' '))
      // The clock of this test only: a real one would be waited for.
      const real = globalThis.setTimeout
      vi.stubGlobal('setTimeout', (work: () => void, ms: number) => real(work, ms > 100_000 ? 50 : ms))
      undo.push(async () => void vi.unstubAllGlobals())
      expect(await engine.run(program, limits)).toMatchObject({
        outcome: 'infrastructure',
        reason: expect.stringMatching(/gave no answer within \d+ s/),
      })
    })
  })

  describe('what may pass', () => {
    const passing: [string, Answer][] = [
      ['429', (out) => send(out, 429, {}, { 'retry-after': '1' })],
      ['503 of a proxy', (out) => send(out, 503, page)],
      ['502 of a proxy', (out) => send(out, 502, page)],
      ['504 of a proxy', (out) => send(out, 504, page)],
      ['a connection that breaks', (out) => out.destroy()],
      [
        'an answer that is cut off',
        (out) => out.writeHead(200, { 'content-length': '500' }).write('{"out', () => out.destroy()),
      ],
    ]
    it.each(passing)('%s: is tried again, until it is fine', async (_, answer) => {
      const patience = hurried()
      const engine = await against((out, nth) => (nth < 3 ? answer(out, nth) : send(out, 200, execution)), patience)
      expect(await engine.run(program, limits)).toMatchObject({ outcome: 'ok', stdout: 'fine\n' })
      expect(patience.slept).toHaveLength(3)
    })
    it.each(passing)('%s: is given up at some time', async (_, answer) => {
      const patience = hurried()
      const engine = await against(answer, patience)
      expect(await engine.run(program, limits)).toMatchObject({ outcome: 'infrastructure' })
      expect(patience.slept.length).toBeGreaterThan(2)
      expect(Math.max(...patience.slept)).toBeGreaterThan(Math.min(...patience.slept))
    })
    it('waits as long as the server asks, in seconds or until a date, and not longer than there is patience', async () => {
      const patience = hurried()
      const later = () => new Date(Date.now() + 9000).toUTCString()
      const waits = ['7', later(), '999999999']
      const engine = await against((out, nth) => send(out, 429, {}, { 'retry-after': waits[nth] ?? '' }), patience)
      expect(await engine.run(program, limits)).toMatchObject({
        outcome: 'infrastructure',
        reason: expect.stringMatching(/is busy \(429\)/),
      })
      expect(patience.slept[0]).toBe(7000)
      expect(patience.slept[1]).toBeGreaterThan(5000)
      expect(patience.slept).toHaveLength(2)
    })
    it('does not keep everything waiting for a server that is gone, until it is back', async () => {
      let gone = true
      const patience = hurried()
      const engine = await against((out) => (gone ? out.destroy() : send(out, 200, execution)), patience)
      await engine.run(program, limits)
      const waited = patience.slept.length
      for (let i = 0; i < 5; i++) expect((await engine.run(program, limits)).outcome).toBe('infrastructure')
      expect(patience.slept).toHaveLength(waited)
      gone = false
      expect((await engine.run(program, limits)).outcome).toBe('ok')
      gone = true
      await engine.run(program, limits)
      expect(patience.slept.length).toBeGreaterThan(waited)
    })
  })

  describe('a refusal', () => {
    it.each([
      [400, 'CUPEL_USAGE', 'UsageError'],
      [404, 'CUPEL_NOT_FOUND', 'NotFoundError'],
      [413, 'CUPEL_USAGE', 'UsageError'],
      [422, 'CUPEL_TOOLCHAIN', 'ToolchainError'],
      [422, 'CUPEL_ISOLATION', 'IsolationError'],
    ])('%i %s: is thrown as %s, and nothing is sent again', async (status, code, name) => {
      let asked = 0
      const engine = await against((out) => {
        asked++
        send(out, status, { error: { code, message: 'no, because' } })
      })
      await expect(engine.run(program, limits)).rejects.toMatchObject({ name, code, message: 'no, because' })
      await expect(engine.examine(job)).rejects.toMatchObject({ name })
      expect(asked).toBe(2)
    })
    it('of what the server would not take is made here, before anything is sent', async () => {
      const engine = await against(() => expect.unreachable())
      const big = { ...program, stdin: 'x'.repeat(description.maxBodyBytes) }
      await expect(engine.run(big, limits)).rejects.toThrow(/at most 1000000 bytes/)
    })
  })

  describe('a matrix', () => {
    const matrix = (programs: string[]): MatrixJob => {
      return {
        language: 'python',
        trusted: '',
        entryPoint: 'f',
        tests: ['a', 'b'],
        programs,
        perTestSeconds: 1,
        limits,
      }
    }
    const rows = async (engine: Engine, programs = ['1', '2', '3']) => {
      const seen: boolean[][] = []
      for await (const { program, row } of engine.matrix(matrix(programs))) {
        expect(program).toBe(seen.length)
        seen.push([...row])
      }
      return seen
    }
    const line = (program: number, row = [true, false]) => `${JSON.stringify({ program, row })}\n`

    it('that is cut off goes on where it was', async () => {
      const asked: string[][] = []
      const server = await listen((incoming, out) => {
        if (incoming.url === '/v1/sandbox') return void send(out, 200, description)
        let body = ''
        incoming.on('data', (part) => {
          body += part
        })
        incoming.on('end', () => {
          asked.push(JSON.parse(body).programs)
          out.writeHead(200)
          // Whole lines of which the last lacks its end, an answer without its `done`, and a good one.
          if (asked.length === 1) out.write(`${line(0)}\n \n{"program":1,"r`, () => out.destroy())
          else if (asked.length === 2) out.end(line(0))
          else out.end(`${line(0)}{"done":true}`)
        })
      })
      undo.push(() => server.close())
      expect(await rows(await opened(server))).toEqual([[true, false], [true, false], [true, false]]) // biome-ignore format: one line
      expect(asked).toEqual([['1', '2', '3'], ['2', '3'], ['3']])
    })
    it.each([
      ['rows of another length', line(0, [true])],
      ['rows out of order', line(1)],
      ['too few rows', `${line(0)}{"done":true}\n`],
      ['too many rows', `${line(0)}${line(1)}${line(2)}${line(3)}`],
      ['marks that are no marks', '{"program":0,"row":[1,"0"]}\n'],
      ['an error', '{"error":{"code":"CUPEL_INTERNAL","message":"oh"}}\n'],
    ])('with %s is no row of failures, but an error', async (_, text) => {
      const engine = await against((out) => out.writeHead(200).end(text))
      await expect(rows(engine)).rejects.toMatchObject({ code: 'CUPEL_ISOLATION' })
    })
    it('of which nothing ever comes is given up', async () => {
      const patience = hurried()
      const engine = await against((out) => out.writeHead(200).end('\n'), patience)
      await expect(rows(engine)).rejects.toThrow(/the answer was cut off/)
      expect(patience.slept.length).toBeGreaterThan(2)
    })
    it('that nobody reads on is let go', async () => {
      let closed = false
      const engine = await against((out) => {
        out.on('close', () => {
          closed = true
        })
        out.writeHead(200).write(line(0))
      })
      for await (const _ of engine.matrix(matrix(['1', '2']))) break
      await expect.poll(() => closed).toBe(true)
    })
  })

  describe('opening', () => {
    const open = (listener: Parameters<typeof listen>[0]) =>
      listen(listener).then(async (server) => {
        undo.push(() => server.close())
        return opened(server)
      })
    it.each([
      [
        'no Cupel server',
        (out: ServerResponse) => send(out, 404, page),
        /answered 404 with an HTML page.*: check the address/,
      ],
      [
        'another protocol',
        (out: ServerResponse) => send(out, 200, { protocol: 2 }),
        /speaks version 2 .* and this Cupel version 1/,
      ],
      [
        'another shape',
        (out: ServerResponse) => send(out, 200, { protocol: 1, atOnce: 'x' }),
        /another shape than Cupel's/,
      ],
      [
        'a hostile list',
        (out: ServerResponse) => send(out, 200, { ...description, languages: Array(2000).fill({}) }),
        /another shape/,
      ],
      ['a token missing', (out: ServerResponse) => send(out, 401, {}), /wants a token \(401\): set CUPEL_REMOTE_TOKEN/],
      ['a gigabyte', flood, /answered with more than/],
    ])('%s: is one clear sentence', async (_, answer, message) => {
      await expect(open((_, out) => answer(out))).rejects.toMatchObject({
        name: 'IsolationError',
        message: expect.stringMatching(message),
      })
    })
    it('a server that is not there says so, and nothing runs here instead', async () => {
      const server = await listen(() => {})
      await server.close()
      const sandbox = Sandbox.open({ isolation: `remote:${server.url}` })
      await expect(sandbox).rejects.toMatchObject({
        name: 'IsolationError',
        message: `the Cupel server at ${server.url} cannot be reached (ECONNREFUSED): check the address, and that the server runs`,
      })
    })
    it('ignores what a later server adds', async () => {
      const engine = await open((incoming, out) =>
        send(out, 200, incoming.url === '/v1/sandbox' ? { ...description, more: 1 } : { ...execution, more: 1 }),
      )
      const done = await engine.run(program, limits)
      expect(done).not.toHaveProperty('more')
      expect(done.isolation).toMatchObject({ level: 'remote', tier: 'native A' })
    })
  })

  describe('the token', () => {
    const secret = 'very-secret-token'
    it('is sent, and is in no error, even if the server sends it back', async () => {
      const seen: (string | undefined)[] = []
      const server = await listen((incoming, out) => {
        seen.push(incoming.headers.authorization)
        if (incoming.url === '/v1/sandbox') send(out, 200, description)
        else if (seen.length % 2) send(out, 400, { error: { code: 'CUPEL_USAGE', message: `who is ${secret}?` } })
        else send(out, 200, `<html><title>${secret}</title>`)
      })
      undo.push(() => server.close())
      vi.stubEnv('CUPEL_REMOTE_TOKEN', secret)
      const engine = await opened(server)
      const said = [await engine.run(program, limits), await engine.run(program, limits).catch(String)]
      expect(JSON.stringify(said)).toContain('who is')
      expect(JSON.stringify(said)).toContain('HTML page')
      expect(JSON.stringify([said, engine.isolation])).not.toContain(secret)
      expect(seen).toEqual(Array(3).fill(`Bearer ${secret}`))
    })
    it('that is wrong is an error of the machine, not of the program', async () => {
      const engine = await against((out) => send(out, 401, {}), hurried(), { token: secret })
      const done = await engine.run(program, limits)
      expect(done).toMatchObject({
        outcome: 'infrastructure',
        reason: expect.stringMatching(/refuses the token \(401\)/),
      })
      expect(done.reason).not.toContain(secret)
    })
    it('lets go of what it does not read', async () => {
      let closed = false
      const engine = await against((out) => {
        out.on('close', () => {
          closed = true
        })
        out.writeHead(307, { location: '/' }).write('and so on')
      })
      expect((await engine.run(program, limits)).outcome).toBe('infrastructure')
      await expect.poll(() => closed).toBe(true)
    })
    it('does not follow a redirection', async () => {
      let lured = 0
      const other = await listen((_, out) => {
        lured++
        send(out, 200, execution)
      })
      undo.push(() => other.close())
      const engine = await against((out) => send(out, 307, '', { location: other.url }), hurried(), { token: secret })
      expect((await engine.run(program, limits)).outcome).toBe('infrastructure')
      expect(lured).toBe(0)
    })
  })

  describe('giving up', () => {
    it('by the caller rejects with his reason and ends the request', async () => {
      let closed = 0
      const engine = await against((out) => {
        out.on('close', () => closed++)
      })
      const reason = new Error('enough')
      for (const work of [
        (s: AbortSignal) => engine.run(program, limits, s),
        (s: AbortSignal) => engine.examine(job, s),
      ]) {
        const stop = new AbortController()
        const running = work(stop.signal)
        setTimeout(() => stop.abort(reason), 100)
        await expect(running).rejects.toBe(reason)
      }
      await expect.poll(() => closed).toBe(2)
      await expect(engine.run(program, limits, AbortSignal.abort(reason))).rejects.toBe(reason)
    })
    it('by closing ends everything', async () => {
      const engine = await against(() => {})
      const running = Promise.allSettled(Array.from({ length: 9 }, () => engine.run(program, limits)))
      await engine.close()
      for (const one of await running) expect(one).toMatchObject({ reason: { message: 'the sandbox is closed' } })
      await expect(engine.run(program, limits)).rejects.toThrow('the sandbox is closed')
    })
    it('is possible while it waits to try again', async () => {
      const stop = new AbortController()
      const patience = { lostMs: 1e9, busyMs: 1e9, sleep: async () => stop.abort(new Error('enough')) }
      const engine = await against((out) => out.destroy(), patience)
      await expect(engine.run(program, limits, stop.signal)).rejects.toThrow('enough')
    })
  })

  describe('a session on a server that fails', () => {
    const id = 'an-id_1'
    const withSession = async (answer: Answer) => {
      const asked: string[] = []
      const server = await misbehave((out, nth, { url = '' }) => {
        asked.push(url)
        if (url === '/v1/sessions') send(out, 200, { id, isolation: description.isolation, idleSeconds: 600 })
        else answer(out, nth)
      })
      undo.push(() => server.close())
      const engine = await opened(server)
      const session = await engine.session?.({ language: 'python' })
      if (!session) throw new Error('no session')
      return { session, asked }
    }

    it('does not send a cell again that may have run', async () => {
      const { session, asked } = await withSession((out) => out.destroy())
      const cell = await session.run('x += 1')
      expect(cell).toMatchObject({
        outcome: 'infrastructure',
        ended: false,
        reason: expect.stringMatching(/the cell may have run/),
      })
      await expect(session.fork(1)).rejects.toMatchObject({ code: 'CUPEL_ISOLATION' })
      await expect(session.remove('x')).rejects.toMatchObject({ code: 'CUPEL_ISOLATION' })
      expect(asked.map((path) => path.split('/').at(-1))).toEqual(['sessions', 'cells', 'fork', 'files'])
    })
    it('sends one cell after the other', async () => {
      let at = 0
      let most = 0
      const cell = {
        outcome: 'ok',
        results: [],
        stdout: '',
        stderr: '',
        ended: false,
        cpuMs: 0,
        wallMs: 0,
        peakBytes: 0,
      }
      const { session } = await withSession((out) => {
        most = Math.max(most, ++at)
        setTimeout(() => {
          at--
          send(out, 200, { ...cell, complete: 'complete' })
        }, 50)
      })
      await Promise.all([session.run('1'), session.run('2'), session.complete('3')])
      expect(most).toBe(1)
    })
    it('asks again for what can be asked twice, and when the server was busy', async () => {
      const { session, asked } = await withSession((out, nth) => {
        if (nth === 1) out.destroy()
        else if (nth === 2) send(out, 200, { files: [] })
        else if (nth === 3) send(out, 429, {})
        else
          send(out, 404, {
            error: { code: 'CUPEL_USAGE', message: 'the session is over: gone. Open a new one' },
            over: true,
          })
      })
      expect(await session.files()).toEqual([])
      await expect(session.run('1')).rejects.toThrow('the session is over: gone. Open a new one')
      expect(session.alive).toBe(false)
      expect(asked).toHaveLength(5)
      await expect(session.run('1')).rejects.toThrow('the session is over: gone. Open a new one')
      expect(asked).toHaveLength(5)
    })
    it.each([
      ['another cell', { outcome: 'fine' }, 'cells'],
      ['ids that lead elsewhere', { ids: ['../../run'] }, 'fork'],
      ['more branches than asked for', { ids: ['a', 'b'] }, 'fork'],
      ['content that is no base64', { content: { base64: 'é' } }, 'read'],
    ])('does not take %s', async (_, body, what) => {
      const { session } = await withSession((out) => send(out, 200, body))
      const tried = { cells: () => session.run('1'), fork: () => session.fork(1), read: () => session.read('x') }[what]
      const said = await tried?.().catch((error: Error) => ({ outcome: 'infrastructure', reason: error.message }))
      expect(said).toMatchObject({ outcome: 'infrastructure', reason: expect.stringMatching(/^the Cupel server at /) })
    })
    it('is interrupted and closed although nobody hears it', async () => {
      const { session } = await withSession((out) => out.destroy())
      await session.interrupt()
      await session.close()
      expect(session.alive).toBe(false)
    })
  })
})
