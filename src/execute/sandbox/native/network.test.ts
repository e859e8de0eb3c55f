import { createServer } from 'node:http'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Sandbox } from '../sandbox.js'
import { isPrivate, parseRule } from './proxy.js'

let sandbox: Sandbox
const asked: string[] = []
const web = createServer((request, response) => {
  asked.push(`${request.method} ${request.url} ${request.headers.host}`)
  if (request.url === '/endless') {
    const timer = setInterval(() => response.write('x'.repeat(1000)), 1)
    response.on('close', () => clearInterval(timer))
  } else request.on('data', (part) => response.write(part)).on('end', () => response.end(`hello ${request.url}`))
})
const echo = createTcpServer({ allowHalfOpen: true }, (socket) => socket.on('error', () => {}).pipe(socket))
let webPort = 0
let echoPort = 0

beforeAll(async () => {
  sandbox = await Sandbox.open({ isolation: 'native' })
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve))
  await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve))
  webPort = (web.address() as AddressInfo).port
  echoPort = (echo.address() as AddressInfo).port
})
afterAll(async () => {
  await sandbox.close()
  web.closeAllConnections()
  web.close()
  echo.close()
})

function run(source: string, network: string[], language = 'python') {
  const entry = language === 'python' ? 'main.py' : 'main.js'
  return sandbox.run({ language, files: { [entry]: source }, entry }, { cpuSeconds: 5, wallSeconds: 30, network })
}

const get = (url: string, more = '') => `import urllib.request, urllib.error
try: print(urllib.request.urlopen(urllib.request.Request(${JSON.stringify(url)}${more}), timeout=20).read().decode())
except urllib.error.HTTPError as error: print(error.code, error.read().decode().strip())
except OSError as error: print("refused", type(error).__name__)`
// urllib goes around a proxy for these names unless it is told not to
const direct = 'import os; os.environ["no_proxy"] = os.environ["NO_PROXY"] = ""\n'

describe('a program that may reach a host', () => {
  it('reaches it by HTTP, with a body', async () => {
    const done = await run(direct + get(`http://127.0.0.1:${webPort}/a?b=1`, ', data=b"sent "'), [
      `127.0.0.1:${webPort}`,
    ])
    expect(done.stdout).toBe('sent hello /a?b=1\n')
    expect(asked.at(-1)).toBe(`POST /a?b=1 127.0.0.1:${webPort}`)
  })
  it('and by CONNECT, both ways, also after one side has ended', async () => {
    const source = `import socket
s = socket.create_connection(("127.0.0.1", 3128))
s.sendall(b"CONNECT 127.0.0.1:${echoPort} HTTP/1.1\\r\\n\\r\\n")
print(s.recv(1000).split(b"\\r\\n")[0].decode())
data = bytes(range(256)) * 2000
import threading
threading.Thread(target=lambda: (s.sendall(data), s.shutdown(socket.SHUT_WR))).start()
back = b""
while part := s.recv(65536): back += part
print(back == data)`
    expect((await run(source, [`127.0.0.1:${echoPort}`])).stdout).toBe('HTTP/1.1 200 Connection established\nTrue\n')
  })
  it('from a cold language too', async () => {
    const source = `const http = require('node:http')
http.get({ host: '127.0.0.1', port: 3128, path: 'http://127.0.0.1:${webPort}/js' }, (r) => r.pipe(process.stdout))`
    expect((await run(source, [`127.0.0.1:${webPort}`], 'javascript')).stdout).toBe('hello /js')
  })
  it('reaches no other host or port, and is told so', async () => {
    const before = asked.length
    const other = await run(direct + get(`http://127.0.0.1:${webPort}/`), [`127.0.0.1:${echoPort}`])
    expect(other.stdout).toMatch(/^403 cupel: 127.0.0.1:\d+ is not among the hosts this program may reach/)
    const named = await run(direct + get(`http://localhost:${webPort}/`), [`127.0.0.1:${webPort}`])
    expect(named.stdout).toMatch(/^403 cupel: localhost:\d+ is not among/)
    expect(asked).toHaveLength(before)
  })
  it('cannot go around the proxy', async () => {
    const source = `import socket
for family, kind, address in ((socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", ${webPort})), (socket.AF_INET, socket.SOCK_STREAM, ("192.0.2.1", 80)),
                              (socket.AF_INET, socket.SOCK_DGRAM, ("192.0.2.1", 53)), (socket.AF_INET6, socket.SOCK_STREAM, ("::1", ${webPort})),
                              (socket.AF_INET, socket.SOCK_RAW, ("127.0.0.1", 1)), (16, socket.SOCK_RAW, None), (17, socket.SOCK_RAW, None)):
    try:
        s = socket.socket(family, kind); s.settimeout(2); s.connect(address); print("ESCAPED", family, kind, address)
    except OSError: print("held")`
    expect((await run(source, [`127.0.0.1:${webPort}`])).stdout).toBe('held\n'.repeat(7))
  })
  it('is ended with its connections when its time is over', async () => {
    const source = `${direct}import urllib.request
with urllib.request.urlopen("http://127.0.0.1:${webPort}/endless") as reply:
    while reply.read(10000): pass`
    const limits = { cpuSeconds: 5, wallSeconds: 2, network: [`127.0.0.1:${webPort}`] }
    const done = await sandbox.run({ language: 'python', files: { 'main.py': source }, entry: 'main.py' }, limits)
    expect(done.outcome).toBe('time-limit')
    await expect.poll(() => new Promise((got) => web.getConnections((_, n) => got(n)))).toBe(0)
  })
  it('malformed requests are answered, and the proxy lives on', async () => {
    const source = `import socket
for text in (b"CONNECT nowhere HTTP/1.1\\r\\n\\r\\n", b"GET / HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n", b"GET ftp://x/ HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n", b"\\0\\1\\2\\r\\n\\r\\n"):
    s = socket.create_connection(("127.0.0.1", 3128)); s.sendall(text); print(s.recv(100)[:12].decode() or "closed")`
    const first = await run(source, [`127.0.0.1:${webPort}`])
    expect(first.stdout).toBe('HTTP/1.1 403\nHTTP/1.1 403\nHTTP/1.1 403\nclosed\n')
    expect((await run(direct + get(`http://127.0.0.1:${webPort}/on`), [`127.0.0.1:${webPort}`])).stdout).toBe(
      'hello /on\n',
    )
  })
})

it('a program without a list reaches nothing', async () => {
  const source =
    'import socket\nfor f in (2, 10):\n  try: socket.socket(f); print("ESCAPED")\n  except OSError: print("held")'
  expect((await run(source, [])).stdout).toBe('held\nheld\n')
})

it('WebAssembly has no network, and says so', async () => {
  const wasm = await Sandbox.open({ isolation: 'wasm' })
  try {
    const program = { language: 'lua', files: { 'main.lua': 'print(1)' }, entry: 'main.lua' }
    await expect(wasm.run(program, { network: ['example.org'] })).rejects.toThrow(/have no network/)
  } finally {
    await wasm.close()
  }
})

describe('rules', () => {
  it('are hosts, names below a host, and ports', () => {
    expect(parseRule('Example.org')).toEqual({ host: 'example.org', port: null })
    expect(parseRule('*.example.org:8080')).toEqual({ host: '*.example.org', port: 8080 })
    expect(parseRule('[::1]:80')).toEqual({ host: '::1', port: 80 })
  })
  it.each(['', '*', 'http://x', 'a b', 'x:0', 'x:70000', 'x/y', '*.*'])('«%s» is none', (text) => {
    expect(() => parseRule(text)).toThrow(/is no host a program may reach/)
  })
  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '169.254.169.254',
    '192.168.0.1',
    '::1',
    'fe80::1',
    'fd00::1',
    '::ffff:127.0.0.1',
    '0.0.0.0',
    '100.64.0.1',
  ])('%s is private', (address) => expect(isPrivate(address)).toBe(true))
  it.each(['1.1.1.1', '2606:4700::1111', '192.0.2.1'])('%s is public', (address) =>
    expect(isPrivate(address)).toBe(false),
  )
})
