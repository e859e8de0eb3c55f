/**
 * node's process with its three streams.
 * Does not cover: backpressure, signals, chunks of standard input (it comes as one).
 */
;(function (define, host, settings, EventEmitter, bytesKit, out, err) {
  'use strict'
  const { Buffer, decode } = bytesKit
  const stdinBytes = () => Buffer.from(new Uint8Array(host.stdin()))
  let readAt = 0
  const readAll = (encoding) => {
    const all = stdinBytes()
    const rest = all.subarray(readAt)
    readAt = all.length
    const bytes = Buffer.from(rest)
    return encoding === undefined || encoding === null ? bytes : bytes.toString(encoding)
  }
  const stdin = new EventEmitter()
  let stdinEncoding
  let flowing = false
  const flow = () => {
    if (flowing) return
    flowing = true
    setImmediate(() => {
      const chunk = readAll(stdinEncoding)
      if (chunk.length > 0) stdin.emit('data', chunk)
      stdin.emit('end')
      stdin.emit('close')
    })
  }
  let readable = false
  Object.assign(stdin, {
    fd: 0,
    isTTY: undefined,
    setEncoding(encoding) {
      stdinEncoding = encoding
      return stdin
    },
    resume() {
      flow()
      return stdin
    },
    pause: () => stdin,
    unref: () => stdin,
    ref: () => stdin,
    setRawMode: () => stdin,
    destroy: () => stdin,
    pipe(target) {
      stdin.on('data', (chunk) => target.write(chunk))
      return target
    },
    read() {
      const all = readAll(stdinEncoding)
      return all.length === 0 ? null : all
    },
    listening(name) {
      if (name === 'data' || (name === 'end' && !readable)) flow()
      if (name === 'readable' && !readable) {
        readable = true
        flowing = true
        setImmediate(() => {
          stdin.emit('readable')
          stdin.emit('readable')
          stdin.emit('end')
          stdin.emit('close')
        })
      }
    },
    async *[Symbol.asyncIterator]() {
      const all = readAll(stdinEncoding)
      if (all.length > 0) yield all
    },
  })
  const sink = (write, fd) =>
    Object.assign(new EventEmitter(), {
      fd,
      isTTY: undefined,
      columns: undefined,
      write(text, encoding, done) {
        write(text instanceof Uint8Array ? decode(text) : String(text))
        const callback = typeof encoding === 'function' ? encoding : done
        if (typeof callback === 'function') queueMicrotask(callback)
        return true
      },
      end(text) {
        if (text !== undefined) this.write(text)
        return this
      },
      cork() {},
      uncork() {},
    })

  const process = new EventEmitter()
  let leaving = false
  const leave = (code) => {
    if (!leaving) {
      leaving = true
      process.emit('exit', code)
    }
    host.exit(code)
    // The host interrupts this loop: nothing runs after exit.
    for (;;);
  }
  Object.assign(process, {
    argv: ['node', '/program/' + settings.entry, ...settings.args],
    env: { ...settings.env },
    platform: 'linux',
    arch: 'wasm32',
    pid: 1,
    version: 'v20.0.0',
    versions: { node: '20.0.0', quickjs: '2025' },
    exitCode: undefined,
    stdin,
    stdout: sink(out, 1),
    stderr: sink(err, 2),
    exit: (code) => leave(code === undefined ? (process.exitCode ?? 0) : Number(code)),
    abort: () => leave(134),
    cwd: () => '/program',
    uptime: () => (Date.now() - settings.started) / 1000,
    nextTick: (callback, ...args) => queueMicrotask(() => callback(...args)),
    hrtime: Object.assign(
      (since) => {
        const ns = BigInt(Date.now() - settings.started) * 1000000n
        const past = since === undefined ? 0n : BigInt(since[0]) * 1000000000n + BigInt(since[1])
        return [Number((ns - past) / 1000000000n), Number((ns - past) % 1000000000n)]
      },
      { bigint: () => BigInt(Date.now() - settings.started) * 1000000n },
    ),
    memoryUsage: () => ({ rss: 0, heapTotal: 0, heapUsed: 0, external: 0, arrayBuffers: 0 }),
    emitWarning: (text) => err('Warning: ' + text + '\n'),
  })
  define('process', process)
  return {
    process,
    stdin,
    readAll,
    stdinBytes,
    /** Bytes of standard input that were read so far; `advance` reads more. */
    position: () => readAt,
    advance: (count) => {
      readAt += count
    },
    /** The exit code after 'beforeExit' and 'exit' were heard. */
    finish() {
      if (!leaving) {
        leaving = true
        process.emit('beforeExit', process.exitCode ?? 0)
        process.emit('exit', process.exitCode ?? 0)
      }
      return Number(process.exitCode ?? 0)
    },
  }
})
