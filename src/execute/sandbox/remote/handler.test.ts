/** What the server does with clients that are wrong, many, gone or hostile. */
import { connect } from 'node:net'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { ToolchainError, UsageError, limitsFrom } from '../../../kernel/index.js'
import { Sandbox } from '../sandbox.js'
import type { Session } from '../session.js'
import { type RemoteHandlerOptions, type ServedSandbox, remoteHandler } from './handler.js'
import { description, execution, serve } from './loopback.test-support.js'

const undo: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const one of undo.splice(0).reverse()) await one()
})

const limits = limitsFrom({ cpuSeconds: 1 })
const run = { program: { language: 'python', files: [{ path: 'a.py', text: '' }], entry: 'a.py' }, limits }

/** Runs nothing: `run` is what the test says. */
function pretended(more: Partial<ServedSandbox> = {}): ServedSandbox {
  return {
    workers: 1,
    sessions: new Set(['python']),
    languages: async () => [{ language: 'python', version: '3', isolation: 'native' }],
    isolationOf: async () => description.isolation,
    run: async () => execution as Awaited<ReturnType<Sandbox['run']>>,
    examine: () => expect.unreachable(),
    matrix: () => expect.unreachable(),
    session: () => expect.unreachable(),
    ...more,
  }
}

function handlerOf(more: Partial<ServedSandbox> = {}, options: RemoteHandlerOptions = {}) {
  const handler = remoteHandler(pretended(more), options)
  return (method: string, path: string, body?: unknown, init: RequestInit = {}) => {
    const json = { 'content-type': 'application/json' }
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body)
    const sent = text === undefined ? {} : { body: text }
    return handler(
      new Request(`http://server${path}`, {
        method,
        ...sent,
        ...init,
        headers: { ...json, ...init.headers },
      } as RequestInit),
    )
  }
}

const seen = async (response: Response) => ({ status: response.status, ...((await response.json()) as object) })

describe('a request that is wrong', () => {
  it.each([
    ['no JSON', '{', /not JSON/],
    ['nothing', '', /not JSON/],
    ['a list', [], /another shape/],
    ['null', 'null', /another shape/],
    ['no limits', { program: run.program }, /limits: /],
    ['a limit that is no number', { ...run, limits: { ...limits, cpuSeconds: '1' } }, /limits\.cpuSeconds/],
    ['a limit below 0', { ...run, limits: { ...limits, memoryMb: -1 } }, /limits\.memoryMb/],
    [
      'a limit that is too large to be',
      JSON.stringify(run).replace('"cpuSeconds":1', '"cpuSeconds":1e999'),
      /limits\.cpuSeconds/,
    ],
    ['a file without content', { ...run, program: { ...run.program, files: [{ path: 'x' }] } }, /files\.0/],
    ['content that is no base64', { ...run, program: { ...run.program, stdin: { base64: '!' } } }, /stdin/],
    ['files as an object', { ...run, program: { ...run.program, files: { 'a.py': '' } } }, /files/],
    ['arguments that are no texts', { ...run, program: { ...run.program, args: [1] } }, /args\.0/],
  ])('%s: gets 400 and a sentence', async (_, body, message) => {
    const said = await seen(await handlerOf()('POST', '/v1/run', body))
    expect(said).toMatchObject({ status: 400, error: { code: 'CUPEL_USAGE', message: expect.stringMatching(message) } })
  })
  it('in bytes that are no UTF-8 gets 400', async () => {
    const answer = await handlerOf()('POST', '/v1/run', undefined, { body: Buffer.from([0x7b, 0xff]) })
    expect(await seen(answer)).toMatchObject({ status: 400, error: { message: 'the body is not UTF-8' } })
  })
  it('as a form that a web page could send gets 415', async () => {
    const headers = { 'content-type': 'text/plain' }
    expect((await handlerOf()('POST', '/v1/run', run, { headers })).status).toBe(415)
  })
  it.each([
    ['GET', '/'],
    ['GET', '/v1/run'],
    ['POST', '/v1/sandbox'],
    ['POST', '/v1/nothing'],
    ['POST', '/v1/../v1/constructor'],
    ['GET', '/v1/sessions'],
    ['POST', '//v1/run'],
    ['DELETE', '/v1/sessions/'],
  ])('%s %s gets 404', async (method, path) => {
    const said = await seen(await handlerOf()(method, path, method === 'POST' ? {} : undefined))
    expect(said).toMatchObject({ status: 404, error: { code: 'CUPEL_USAGE' } })
  })
  it.each(['constructor', '__proto__', 'toString', 'cells', 'run'])(
    'of a session nobody opened gets 404: %s',
    async (what) => {
      const said = await seen(await handlerOf()('POST', `/v1/sessions/abc/${what}`, {}))
      expect(said).toMatchObject({ status: 404, over: true })
    },
  )
  it('that is too large gets 413, whether it says its size or not', async () => {
    const ask = handlerOf({}, { maxBodyBytes: 1000 })
    const big = JSON.stringify({ ...run, more: 'x'.repeat(2000) })
    const headers = { 'content-length': String(big.length) }
    expect(await seen(await ask('POST', '/v1/run', big, { headers }))).toMatchObject({
      status: 413,
      error: { message: 'a body has at most 1000 bytes here' },
    })
    let sent = 0
    const endless = new ReadableStream({
      pull: (controller) => {
        sent++
        controller.enqueue(new Uint8Array(100))
      },
    })
    const init = { body: endless, duplex: 'half' } as RequestInit
    expect((await ask('POST', '/v1/run', undefined, init)).status).toBe(413)
    expect(sent).toBeLessThan(20)
    expect((await ask('POST', '/v1/run', run)).status).toBe(200)
  })
  it('for more than the server allows is refused, not cut', async () => {
    const ask = handlerOf({ run: () => expect.unreachable() }, { maxLimits: { cpuSeconds: 5 } })
    for (const [name, value] of [['cpuSeconds', 6], ['memoryMb', 1e9], ['wallSeconds', 1e9]] as const) // biome-ignore format: one line
      expect(await seen(await ask('POST', '/v1/run', { ...run, limits: { ...limits, [name]: value } }))).toMatchObject({
        status: 400,
        error: { message: expect.stringMatching(new RegExp(`^${name} is ${value}, and this server allows at most`)) },
      })
    const matrix = {
      language: 'python',
      trusted: '',
      entryPoint: 'f',
      tests: [],
      programs: [],
      limits,
      perTestSeconds: 6,
    }
    expect((await ask('POST', '/v1/matrix', matrix)).status).toBe(400)
    const session = { language: 'python', limits: { cpuSeconds: 6 } }
    expect((await ask('POST', '/v1/sessions', session)).status).toBe(400)
  })
})

it('a host of the network is allowed only where the server names it', async () => {
  const asked = { ...run, limits: { ...limits, network: ['example.org'] } }
  const refused = await seen(await handlerOf({ run: () => expect.unreachable() })('POST', '/v1/run', asked))
  expect(refused).toMatchObject({
    status: 400,
    error: { message: expect.stringMatching(/no program reach example.org/) },
  })
  const allowing = handlerOf({}, { maxLimits: { network: ['example.org'] } })
  expect((await allowing('POST', '/v1/run', asked)).status).toBe(200)
})

describe('an error', () => {
  const failing = (error: unknown, options?: RemoteHandlerOptions) =>
    handlerOf({ run: () => Promise.reject(error) }, options)('POST', '/v1/run', run).then(seen)

  it('of the user is told as it is', async () => {
    expect(await failing(new UsageError('give another'))).toEqual({
      status: 400,
      error: { code: 'CUPEL_USAGE', message: 'give another' },
    })
    expect(await failing(new ToolchainError('install it'))).toMatchObject({
      status: 422,
      error: { code: 'CUPEL_TOOLCHAIN' },
    })
  })
  it.each([new Error('at /root/secret.ts'), new TypeError('x is not a function'), 'text', null])(
    'of the server tells nothing of its inside, and goes to the log: %s',
    async (error) => {
      const log = vi.fn()
      expect(await failing(error, { log })).toEqual({
        status: 500,
        error: { code: 'CUPEL_INTERNAL', message: 'the server failed inside; its log says how' },
      })
      expect(log).toHaveBeenCalledWith(error)
    },
  )
  it('while it describes itself is not kept', async () => {
    let broken = true
    const ask = handlerOf({ languages: async () => (broken ? Promise.reject(new Error('no')) : []) })
    expect((await ask('GET', '/v1/sandbox')).status).toBe(500)
    broken = false
    expect(await seen(await ask('GET', '/v1/sandbox'))).toMatchObject({ status: 200, protocol: 1, languages: [] })
  })
  it('in the middle of a matrix is its last line', async () => {
    const ask = handlerOf({
      async *matrix() {
        yield { program: 0, row: [true] }
        throw new Error('secret')
      },
    })
    const job = {
      language: 'python',
      trusted: '',
      entryPoint: 'f',
      tests: ['a'],
      programs: ['1'],
      limits,
      perTestSeconds: 1,
    }
    const lines = (await (await ask('POST', '/v1/matrix', job)).text()).trim().split('\n').map((line) => JSON.parse(line)) // biome-ignore format: one line
    expect(lines).toEqual([{ program: 0, row: [true] }, { error: { code: 'CUPEL_INTERNAL', message: expect.not.stringContaining('secret') } }]) // biome-ignore format: one line
  })
})

describe('a token', () => {
  const ask = handlerOf({}, { token: ['first', 'second'] })
  const bearing = (authorization?: string) =>
    ask('POST', '/v1/run', run, { headers: authorization === undefined ? {} : { authorization } })
  it.each(['Bearer first', 'Bearer second', 'bearer  first '])('%j is let in', async (header) => {
    expect((await bearing(header)).status).toBe(200)
  })
  it.each([
    undefined,
    '',
    'Bearer',
    'Bearer ',
    'first',
    'Basic first',
    'Bearer firs',
    'Bearer first second',
    'Bearer FIRST',
  ])('%j is not, and learns nothing', async (header) => {
    const answer = await bearing(header)
    expect(answer.headers.get('www-authenticate')).toBe('Bearer')
    expect(await seen(answer)).toEqual({
      status: 401,
      error: { code: 'CUPEL_ISOLATION', message: 'this server wants a token' },
    })
  })
  it('is asked for on every route, before the body is read', async () => {
    for (const path of ['/v1/sandbox', '/v1/nothing', '/v1/sessions/abc/cells'])
      expect((await ask('GET', path)).status).toBe(401)
    const body = new ReadableStream({ pull: () => expect.unreachable() }, { highWaterMark: 0 })
    expect((await ask('POST', '/v1/run', undefined, { body, duplex: 'half' } as RequestInit)).status).toBe(401)
  })
  it('has tenants of its own, whatever they are called', async () => {
    const tenants: (string | undefined)[] = []
    const bearing = (tokens: string[]) => {
      const ask = handlerOf(
        {
          run: async ({ tenant }) => {
            tenants.push(tenant)
            return execution as Awaited<ReturnType<Sandbox['run']>>
          },
        },
        { token: tokens },
      )
      const of = (tenant?: string) => ({ ...run, program: { ...run.program, ...(tenant ? { tenant } : {}) } })
      return async (token: string, tenant?: string) =>
        (await ask('POST', '/v1/run', of(tenant), { headers: { authorization: `Bearer ${token}` } })).status
    }
    const two = bearing(['first', 'second'])
    for (const token of ['first', 'second']) for (const tenant of [undefined, 'a']) await two(token, tenant)
    expect(new Set(tenants).size).toBe(4)
    expect(tenants).not.toContain(undefined)
    await bearing(['only'])('only', 'a')
    expect(tenants.at(-1)).toBe('a')
  })
  it('that is empty would let everybody in and is refused', () => {
    expect(() => remoteHandler(pretended(), { token: ['x', ' '] })).toThrow(/an empty token/)
  })
})

describe('many requests', () => {
  it('wait in order up to a number, and the next is told to come back', async () => {
    const go: (() => void)[] = []
    const began: string[] = []
    const ask = handlerOf(
      {
        run: async ({ entry }) => {
          began.push(entry)
          await new Promise<void>((resolve) => go.push(resolve))
          return execution as Awaited<ReturnType<Sandbox['run']>>
        },
      },
      { maxWaiting: 2 },
    )
    const one = (entry: string) => ask('POST', '/v1/run', { ...run, program: { ...run.program, entry } })
    const first = ['a', 'b', 'c', 'd', 'e'].map(one)
    await expect.poll(() => began).toEqual(['a', 'b', 'c'])
    const refused = await one('f')
    expect(refused.headers.get('retry-after')).toBe('1')
    expect(refused.status).toBe(429)
    go[1]?.()
    expect((await first[1])?.status).toBe(200)
    await expect.poll(() => began).toEqual(['a', 'b', 'c', 'd'])
    for (let i = 0; i < 5; i++) {
      await expect.poll(() => go[i]).toBeDefined()
      go[i]?.()
    }
    for (const answer of first) expect((await answer).status).toBe(200)
    const later = one('g')
    await expect.poll(() => go[5]).toBeDefined()
    go[5]?.()
    expect((await later).status).toBe(200)
  })
  it('with large bodies are refused before the memory is full', async () => {
    let go = () => {}
    const gate = new Promise<void>((resolve) => {
      go = resolve
    })
    const ask = handlerOf(
      { run: () => gate.then(() => execution as Awaited<ReturnType<Sandbox['run']>>) },
      { maxBodyBytes: 10_000 },
    )
    const large = { ...run, more: 'x'.repeat(9500) }
    const held = Array.from({ length: 4 }, () => ask('POST', '/v1/run', large))
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect((await ask('POST', '/v1/run', large)).status).toBe(429)
    go()
    for (const answer of held) expect((await answer).status).toBe(200)
    expect((await ask('POST', '/v1/run', large)).status).toBe(200)
  })
  it('that are wrong, refused or given up leave their places', async () => {
    const ask = handlerOf({ run: () => Promise.reject(new Error('no')) }, { maxWaiting: 1 })
    for (let i = 0; i < 20; i++) {
      expect((await ask('POST', '/v1/run', '{')).status).toBe(400)
      expect((await ask('POST', '/v1/run', run)).status).toBe(500)
      expect((await ask('POST', '/v1/run', run, { signal: AbortSignal.abort() })).status).toBeGreaterThan(399)
    }
    expect((await ask('POST', '/v1/run', run)).status).toBe(500)
  })
})

describe('an answer that takes long', () => {
  it('begins early, and says at its end what came of it', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    undo.push(async () => void vi.useRealTimers())
    let end: (error?: Error) => void = () => {}
    const ask = handlerOf({
      run: () =>
        new Promise((resolve, reject) => {
          end = (error) => (error ? reject(error) : resolve(execution as Awaited<ReturnType<Sandbox['run']>>))
        }),
    })
    for (const [error, body] of [
      [undefined, { outcome: 'ok' }],
      [new UsageError('no'), { error: { message: 'no' } }],
    ] as const) {
      // biome-ignore format: one line
      const asked = ask('POST', '/v1/run', run)
      await vi.advanceTimersByTimeAsync(10_001)
      const answer = await asked
      expect(answer.status).toBe(200)
      const text = answer.text()
      await vi.advanceTimersByTimeAsync(20_001)
      end(error)
      expect(await text).toMatch(/^ {2,4}\{/)
      expect(JSON.parse(await text)).toMatchObject(body)
    }
  })
})

describe('a client that goes', () => {
  let sandbox: Promise<Sandbox> | null = null
  const native = () => {
    sandbox ??= Sandbox.open({ isolation: 'native', workers: 1 })
    return sandbox
  }
  afterAll(async () => {
    await (await sandbox)?.close()
  })
  const endless = limitsFrom({ cpuSeconds: 100_000, wallSeconds: 100_000 })
  const python = (text: string) => ({ language: 'python', files: [{ path: 'a.py', text }], entry: 'a.py' })
  const post = (url: string, path: string, body: object, signal?: AbortSignal) =>
    fetch(url + path, {
      ...{ method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
      ...(signal ? { signal } : {}),
    })
  const served = async () => {
    const server = await serve(remoteHandler(await native(), { maxLimits: endless }))
    undo.push(() => server.close())
    return server
  }
  const suite = { kind: 'assertions', trusted: '', script: 'f()', entryPoint: 'f' }
  const code = 'def f():\n    while True: pass'
  const row = { trusted: '', entryPoint: 'f', tests: ['f()'], perTestSeconds: 1000 }

  // One worker: the next program runs only if the endless one was ended.
  it.each([
    ['a program', '/v1/run', { program: python('while True: pass'), limits: endless }],
    ['a candidate', '/v1/examine', { language: 'python', suite, code, limits: endless }],
    ['a matrix', '/v1/matrix', { language: 'python', ...row, programs: Array(9).fill(code), limits: endless }],
  ])('takes %s with it, whether it runs or waits', async (_, path, body) => {
    const { url } = await served()
    const stop = new AbortController()
    const gone = Array.from({ length: 8 }, () => post(url, path, body, stop.signal).then(() => {}, () => {})) // biome-ignore format: one line
    const beside = (async () => {
      await new Promise((resolve) => setTimeout(resolve, 500))
      return post(url, '/v1/run', { program: python('print(1)'), limits: endless })
    })()
    await new Promise((resolve) => setTimeout(resolve, 1000))
    stop.abort()
    await Promise.all(gone)
    expect(await (await beside).json()).toMatchObject({ outcome: 'ok', stdout: '1\n' })
    const next = await post(url, '/v1/run', { program: python('print(2)'), limits: endless })
    expect(await next.json()).toMatchObject({ outcome: 'ok', stdout: '2\n' })
  })
  it('stops its cell; the session lives', async () => {
    const { url } = await served()
    const { id } = (await (await post(url, '/v1/sessions', { language: 'python', limits: endless })).json()) as {
      id: string
    }
    const stop = new AbortController()
    const cells = `/v1/sessions/${id}/cells`
    await post(url, cells, { source: 'x = 1' })
    const gone = ['while True: pass', 'x = 2'].map((source) =>
      post(url, cells, { source }, stop.signal).catch(() => {}),
    )
    await new Promise((resolve) => setTimeout(resolve, 500))
    stop.abort()
    await Promise.all(gone)
    // What had not begun did not run.
    expect(await (await post(url, cells, { source: 'x' })).json()).toMatchObject({ results: [{ 'text/plain': '1' }] })
  })
  it('before it has sent its body leaves nothing behind', async () => {
    const handler = remoteHandler(await native(), { maxWaiting: 0 })
    const server = await serve(handler)
    undo.push(() => server.close())
    const port = Number(new URL(server.url).port)
    for (let i = 0; i < 10; i++)
      await new Promise<void>((resolve) => {
        const socket = connect(port, '127.0.0.1', () => {
          socket.write(
            'POST /v1/run HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{"a',
          )
          setTimeout(() => socket.destroy(), 20)
        })
        socket.on('close', () => resolve())
      })
    const done = await post(server.url, '/v1/run', { program: python('print(3)'), limits })
    expect(await done.json()).toMatchObject({ stdout: '3\n' })
  })
})

describe('bytes that are no request', () => {
  it.each([
    ['nonsense', '\x00\xff garbage\r\n\r\n'],
    ['an address of its own', 'GET http://[ HTTP/1.1\r\nhost: x\r\n\r\n'],
    ['two lengths', 'POST /v1/run HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n'],
    ['a method nobody knows', 'TRACE /v1/run HTTP/1.1\r\nhost: x\r\n\r\n'],
    ['endless headers', `GET / HTTP/1.1\r\n${'x: y\r\n'.repeat(100_000)}`],
  ])('%s: is refused, and the server lives', async (_, bytes) => {
    const server = await serve(remoteHandler(pretended()))
    undo.push(() => server.close())
    const answer = await new Promise<string>((resolve) => {
      let text = ''
      const socket = connect(Number(new URL(server.url).port), '127.0.0.1', () => socket.end(bytes))
      socket.on('data', (part) => {
        text += part
      })
      socket.on('error', () => {})
      socket.on('close', () => resolve(text))
    })
    expect(answer).toMatch(/^(HTTP\/1\.1 4\d\d |$)/)
    expect((await fetch(`${server.url}/v1/sandbox`)).status).toBe(200)
  })
})

describe('sessions', () => {
  const interpreter = (more: Partial<Session> = {}): Session => ({
    ...{ language: 'python', isolation: description.isolation, alive: true },
    run: () => expect.unreachable(),
    complete: async () => 'complete',
    fork: async (count) => Array.from({ length: count }, () => interpreter()),
    files: async () => [],
    read: async () => new Uint8Array(),
    write: async () => {},
    remove: async () => {},
    interrupt: async () => {},
    close: async () => {},
    ...more,
  })
  const open = async (ask: ReturnType<typeof handlerOf>, headers = {}) =>
    (await (await ask('POST', '/v1/sessions', { language: 'python' }, { headers })).json()) as { id: string }

  it('have ids that nobody can guess', async () => {
    const ask = handlerOf({ session: async () => interpreter() })
    const ids = [await open(ask), await open(ask)].map(({ id }) => id)
    expect(new Set(ids).size).toBe(2)
    for (const id of ids) expect(id).toMatch(/^[\w-]{32}$/)
  })
  it('belong to the token that opened them', async () => {
    const ask = handlerOf({ session: async () => interpreter() }, { token: ['mine', 'yours'] })
    const mine = { authorization: 'Bearer mine' }
    const { id } = await open(ask, mine)
    const complete = (headers: Record<string, string>, of = id) =>
      ask('POST', `/v1/sessions/${of}/complete`, { source: '' }, { headers }).then(seen)
    expect(await complete(mine)).toMatchObject({ status: 200 })
    const stranger = await complete({ authorization: 'Bearer yours' })
    expect(stranger).toEqual(await complete({ authorization: 'Bearer yours' }, 'never-opened'))
    expect(stranger).toMatchObject({ status: 404 })
  })
  it('are bounded in number, with their branches; those that are over do not count', async () => {
    const made: { alive: boolean }[] = []
    const session = async () => {
      const one = interpreter()
      made.push(one)
      return one
    }
    const ask = handlerOf({ session }, { maxSessions: 3 })
    const { id } = await open(ask)
    const fork = (count: number) => ask('POST', `/v1/sessions/${id}/fork`, { count }).then(seen)
    expect(await fork(3)).toMatchObject({
      status: 409,
      error: { message: expect.stringMatching(/at most 3 sessions/) },
    })
    expect(await fork(1)).toMatchObject({ status: 200 })
    const both = await Promise.all([1, 2].map(() => ask('POST', '/v1/sessions', { language: 'python' })))
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    if (made[1]) made[1].alive = false
    expect((await ask('POST', '/v1/sessions', { language: 'python' })).status).toBe(200)
  })
  it('do not live longer than a day unused', async () => {
    const ask = handlerOf({ session: () => expect.unreachable() })
    for (const idleSeconds of [86_401, 0, -1, 'x'])
      expect((await ask('POST', '/v1/sessions', { language: 'python', idleSeconds })).status).toBe(400)
  })
  it('take so many requests at once', async () => {
    const ask = handlerOf({ session: async () => interpreter({ complete: () => new Promise(() => {}) }) })
    const { id } = await open(ask)
    for (let i = 0; i < 32; i++) void ask('POST', `/v1/sessions/${id}/complete`, { source: '' })
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect((await ask('POST', `/v1/sessions/${id}/complete`, { source: '' })).status).toBe(429)
    expect((await ask('DELETE', `/v1/sessions/${id}`)).status).toBe(200)
  })
  it('whose opener has gone are closed', async () => {
    let closed = false
    const stop = new AbortController()
    const ask = handlerOf({
      session: async () => {
        stop.abort()
        return interpreter({
          close: async () => {
            closed = true
          },
        })
      },
    })
    await ask('POST', '/v1/sessions', { language: 'python' }, { signal: stop.signal })
    expect(closed).toBe(true)
  })
})
