/**
 * What a program for standard input and output finds in node: console, process, require of fs, readline, util, os,
 * path, events, assert, Buffer, text encoders. Also the candidate's surroundings in the judge.
 * Does not cover: streams beyond stdin/stdout, the file system beyond reading the program's own files, http, workers,
 * child processes, Intl, WebAssembly.
 */
;(function (host, show, settings) {
  'use strict'
  const { inspect, printf, errorText } = show
  const define = (name, value) =>
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false })
  const out = (text) => host.write(1, text)
  const err = (text) => host.write(2, text)

  // --- console
  let group = ''
  const counts = {}
  const line =
    (write) =>
    (...args) => {
      const text = printf(args)
      write((group === '' ? text : group + text.replaceAll('\n', '\n' + group)) + '\n')
    }
  const console = {
    log: line(out),
    info: line(out),
    debug: line(out),
    error: line(err),
    warn: line(err),
    trace: line(err),
    dir: (value) => line(out)(inspect(value)),
    table: line(out),
    group: (...args) => {
      if (args.length > 0) console.log(...args)
      group += '  '
    },
    groupEnd: () => {
      group = group.slice(2)
    },
    assert: (value, ...args) => {
      if (!value) console.error(...(args.length === 0 ? ['Assertion failed'] : ['Assertion failed: ' + printf(args)]))
    },
    count: (label = 'default') => console.log(label + ': ' + (counts[label] = (counts[label] ?? 0) + 1)),
    time: () => {},
    timeEnd: () => {},
    timeLog: () => {},
    clear: () => {},
  }
  define('console', console)
  define('print', (...args) => console.log(...args))

  // --- events
  class EventEmitter {
    on(name, listener) {
      ;((this.handlers ??= {})[name] ??= []).push(listener)
      this.listening?.(name)
      return this
    }
    addListener(name, listener) {
      return this.on(name, listener)
    }
    prependListener(name, listener) {
      ;((this.handlers ??= {})[name] ??= []).unshift(listener)
      return this
    }
    once(name, listener) {
      const wrapped = (...args) => {
        this.off(name, wrapped)
        listener.apply(this, args)
      }
      return this.on(name, wrapped)
    }
    off(name, listener) {
      const list = this.handlers?.[name]
      const at = list ? list.indexOf(listener) : -1
      if (at >= 0) list.splice(at, 1)
      return this
    }
    removeListener(name, listener) {
      return this.off(name, listener)
    }
    removeAllListeners(name) {
      if (this.handlers) delete this.handlers[name]
      return this
    }
    listenerCount(name) {
      return this.handlers?.[name]?.length ?? 0
    }
    emit(name, ...args) {
      const list = this.handlers?.[name]
      if (!list || list.length === 0) {
        if (name === 'error') throw args[0]
        return false
      }
      for (const listener of [...list]) listener.apply(this, args)
      return true
    }
  }
  EventEmitter.EventEmitter = EventEmitter

  // --- bytes and text
  const encode = (text) => new Uint8Array(host.encode(String(text)))
  const decode = (bytes) => host.decode(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
  class Buffer extends Uint8Array {
    static from(value, encoding) {
      if (typeof value !== 'string') return Object.setPrototypeOf(new Uint8Array(value), Buffer.prototype)
      if (encoding === 'hex') return Buffer.from((value.match(/../g) ?? []).map((h) => Number.parseInt(h, 16)))
      if (encoding === 'latin1' || encoding === 'binary' || encoding === 'ascii')
        return Buffer.from([...value].map((c) => c.charCodeAt(0) & 255))
      return Buffer.from(encode(value))
    }
    static alloc(size, fill = 0) {
      return new Buffer(size).fill(fill)
    }
    static allocUnsafe(size) {
      return new Buffer(size)
    }
    static isBuffer(value) {
      return value instanceof Buffer
    }
    static byteLength(text) {
      return encode(text).length
    }
    static concat(list) {
      const whole = new Buffer(list.reduce((n, b) => n + b.length, 0))
      let at = 0
      for (const b of list) {
        whole.set(b, at)
        at += b.length
      }
      return whole
    }
    toString(encoding, start = 0, end = this.length) {
      const part = this.subarray(start, end)
      if (encoding === 'hex') return Array.from(part, (b) => b.toString(16).padStart(2, '0')).join('')
      if (encoding === 'latin1' || encoding === 'binary' || encoding === 'ascii')
        return Array.from(part, (b) => String.fromCharCode(b)).join('')
      return decode(part)
    }
    equals(other) {
      return this.length === other.length && this.every((b, i) => b === other[i])
    }
  }
  define('Buffer', Buffer)
  define(
    'TextEncoder',
    class TextEncoder {
      encode(text = '') {
        return encode(text)
      }
    },
  )
  define(
    'TextDecoder',
    class TextDecoder {
      decode(bytes = new Uint8Array()) {
        return decode(new Uint8Array(bytes.buffer ?? bytes, bytes.byteOffset ?? 0, bytes.byteLength))
      }
    },
  )
  const clone = (value, seen) => {
    if (value === null || typeof value !== 'object') {
      if (typeof value === 'function' || typeof value === 'symbol')
        throw new TypeError(String(value) + ' could not be cloned.')
      return value
    }
    if (seen.has(value)) return seen.get(value)
    const keep = (copy) => {
      seen.set(value, copy)
      return copy
    }
    if (value instanceof Date) return keep(new Date(value))
    if (value instanceof RegExp) return keep(new RegExp(value))
    if (ArrayBuffer.isView(value)) return keep(value.slice())
    if (value instanceof Map) {
      const copy = keep(new Map())
      for (const [k, v] of value) copy.set(clone(k, seen), clone(v, seen))
      return copy
    }
    if (value instanceof Set) {
      const copy = keep(new Set())
      for (const v of value) copy.add(clone(v, seen))
      return copy
    }
    const copy = keep(Array.isArray(value) ? [] : value instanceof Error ? new Error(value.message) : {})
    for (const key of Object.keys(value)) copy[key] = clone(value[key], seen)
    return copy
  }
  define('structuredClone', (value) => clone(value, new Map()))
  define('performance', { now: () => Date.now() - settings.started, timeOrigin: settings.started })
  define('global', globalThis)

  // --- standard input
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

  // --- process
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

  // --- modules
  const missing = (path) =>
    Object.assign(new Error("ENOENT: no such file or directory, open '" + path + "'"), {
      code: 'ENOENT',
      errno: -2,
      syscall: 'open',
      path,
    })
  const isInput = (path) => path === 0 || path === '/dev/stdin' || path === '/proc/self/fd/0'
  const resolvePath = (path) => {
    const parts = []
    for (const part of String(path)
      .replace(/^\/program\//, '')
      .split('/'))
      if (part === '..') parts.pop()
      else if (part !== '' && part !== '.') parts.push(part)
    return parts.join('/')
  }
  const readFile = (path, options) => {
    const encoding = typeof options === 'string' ? options : options?.encoding
    if (isInput(path)) return readAll(encoding)
    const bytes = host.file(resolvePath(path))
    if (bytes === undefined) throw missing(path)
    const buffer = Buffer.from(new Uint8Array(bytes))
    return encoding === undefined || encoding === null ? buffer : buffer.toString(encoding)
  }
  const fs = {
    readFileSync: readFile,
    existsSync: (path) => isInput(path) || host.file(resolvePath(path)) !== undefined,
    readSync(fd, buffer, offset = 0, length = buffer.length - offset) {
      if (fd !== 0) throw missing(fd)
      const all = stdinBytes()
      const part = all.subarray(readAt, readAt + length)
      buffer.set(part, offset)
      readAt += part.length
      return part.length
    },
    openSync: (path) => {
      if (isInput(path)) return 0
      throw missing(path)
    },
    closeSync: () => {},
    fstatSync: () => ({ size: stdinBytes().length, isFile: () => false }),
    writeSync(fd, data) {
      const text = typeof data === 'string' ? data : decode(data)
      ;(fd === 2 ? err : out)(text)
      return encode(text).length
    },
    writeFileSync(path, data) {
      if (path === 1 || path === '/dev/stdout') return out(typeof data === 'string' ? data : decode(data))
      if (path === 2 || path === '/dev/stderr') return err(typeof data === 'string' ? data : decode(data))
      throw Object.assign(new Error("EROFS: read-only file system, open '" + path + "'"), { code: 'EROFS', path })
    },
    readFile(path, options, done) {
      const callback = done ?? options
      let failure = null
      let data
      try {
        data = readFile(path, typeof options === 'function' ? undefined : options)
      } catch (error) {
        failure = error
      }
      setImmediate(() => callback(failure, data))
    },
    promises: { readFile: async (path, options) => readFile(path, options) },
    createReadStream: () => stdin,
  }
  class Interface extends EventEmitter {
    constructor(options) {
      super()
      this.output = options.output
      this.lines = undefined
      this.started = false
      this.closed = false
      this.waiting = []
      this.promptText = '> '
    }
    listening(name) {
      if ((name === 'line' || name === 'close') && !this.started) {
        this.started = true
        setImmediate(() => this.pump())
      }
    }
    load() {
      if (this.lines === undefined) {
        const all = readAll('utf8')
        this.lines = all === '' ? [] : all.split(/\r\n|\n|\r/)
        if (/[\r\n]$/.test(all)) this.lines.pop()
      }
      return this.lines
    }
    pump() {
      const lines = this.load()
      if (this.closed) return
      if (lines.length === 0) return this.close()
      if (this.paused) return
      const next = lines.shift()
      if (this.waiting.length > 0) this.waiting.shift()(next)
      else this.emit('line', next)
      setImmediate(() => this.pump())
    }
    question(query, options, done) {
      const callback = done ?? options
      this.output?.write(query)
      this.waiting.push(callback)
      if (!this.started) {
        this.started = true
        setImmediate(() => this.pump())
      }
    }
    setPrompt(text) {
      this.promptText = text
    }
    prompt() {
      this.output?.write(this.promptText)
      this.listening('line')
    }
    pause() {
      this.paused = true
      return this
    }
    resume() {
      if (this.paused) {
        this.paused = false
        setImmediate(() => this.pump())
      }
      return this
    }
    write() {}
    close() {
      if (!this.closed) {
        this.closed = true
        this.emit('close')
      }
    }
    async *[Symbol.asyncIterator]() {
      this.started = true
      const lines = this.load()
      while (lines.length > 0 && !this.closed) yield lines.shift()
      this.close()
    }
  }
  const createInterface = (options) =>
    new Interface(options?.input === undefined && options?.on ? { input: options } : (options ?? {}))
  const readline = { createInterface, Interface, cursorTo() {}, clearLine() {} }
  const promised = (options) => {
    const one = createInterface(options)
    const ask = one.question.bind(one)
    one.question = (query) => new Promise((resolve) => ask(query, resolve))
    return one
  }
  readline.promises = { createInterface: promised }
  const util = {
    inspect,
    format: (...args) => printf(args),
    promisify:
      (f) =>
      (...args) =>
        new Promise((resolve, reject) => f(...args, (e, v) => (e ? reject(e) : resolve(v)))),
    isDeepStrictEqual: (a, b) => settings.assertions.same(a, b, true),
    inherits: (a, b) => Object.setPrototypeOf(a.prototype, b.prototype),
    types: {},
    TextEncoder: globalThis.TextEncoder,
    TextDecoder: globalThis.TextDecoder,
  }
  const join = (...parts) => {
    const stack = []
    const absolute = parts[0]?.startsWith('/')
    for (const part of parts.join('/').split('/'))
      if (part === '..') stack.pop()
      else if (part !== '' && part !== '.') stack.push(part)
    return (absolute ? '/' : '') + stack.join('/')
  }
  const path = {
    join,
    resolve: (...parts) => (parts.at(-1)?.startsWith('/') ? join(parts.at(-1)) : join('/program', ...parts)),
    sep: '/',
    basename: (p, ext = '') => {
      const b = p.split('/').at(-1)
      return ext !== '' && b.endsWith(ext) ? b.slice(0, -ext.length) : b
    },
    dirname: (p) => p.split('/').slice(0, -1).join('/') || '.',
    extname: (p) => /\.[^./]*$/.exec(p)?.[0] ?? '',
    normalize: (p) => join(p),
  }
  const os = {
    EOL: '\n',
    platform: () => 'linux',
    cpus: () => [{}],
    totalmem: () => 0,
    freemem: () => 0,
    hostname: () => 'wasm',
    tmpdir: () => '/tmp',
  }
  const builtins = {
    fs,
    'fs/promises': fs.promises,
    readline,
    'readline/promises': readline.promises,
    util,
    path,
    os,
    events: EventEmitter,
    buffer: { Buffer },
    process,
    console,
    perf_hooks: { performance: globalThis.performance },
    timers: { setTimeout, setInterval, setImmediate, clearTimeout, clearInterval, clearImmediate },
    'timers/promises': { setTimeout: (ms, value) => new Promise((resolve) => setTimeout(resolve, ms, value)) },
    string_decoder: {
      StringDecoder: class {
        write(b) {
          return decode(b)
        }
        end() {
          return ''
        }
      },
    },
    assert: settings.assertions.assert,
    'assert/strict': settings.assertions.assert.strict,
    // Test scripts of MBXP compare with it.
    ...(settings.assertions.trusted ? { lodash: { isEqual: (a, b) => settings.assertions.same(a, b, true) } } : {}),
  }
  const loaded = new Map()
  function requireFrom(folder) {
    const require = (name) => {
      const id = String(name).replace(/^node:/, '')
      if (Object.hasOwn(builtins, id)) return builtins[id]
      if (!/^\.{0,2}\//.test(id))
        throw Object.assign(new Error("Cannot find module '" + name + "'"), { code: 'MODULE_NOT_FOUND' })
      const base = resolvePath(id.startsWith('/') ? id : folder + '/' + id)
      for (const file of [
        base,
        base + '.js',
        base + '.cjs',
        base + '.mjs',
        base + '.ts',
        base + '.json',
        base + '/index.js',
        base.replace(/\.js$/, '.ts'),
      ]) {
        if (loaded.has(file)) return loaded.get(file).exports
        if (host.file(file) === undefined) continue
        return load(file).exports
      }
      throw Object.assign(new Error("Cannot find module '" + name + "'"), { code: 'MODULE_NOT_FOUND' })
    }
    require.main = main
    require.cache = {}
    require.resolve = (name) => name
    return require
  }
  const main = { exports: {}, children: [], loaded: false, filename: '/program/' + settings.entry }
  function load(file, module = { exports: {}, filename: '/program/' + file }) {
    loaded.set(file, module)
    const source = host.decode(host.file(file))
    if (file.endsWith('.json')) {
      module.exports = JSON.parse(source)
      return module
    }
    const folder = file.split('/').slice(0, -1).join('/')
    const body = host.compile(file)
    main.require = requireFrom(folder)
    body.call(module.exports, module.exports, requireFrom(folder), module, '/program/' + file, '/program/' + folder)
    module.loaded = true
    return module
  }

  /** A promise nobody keeps: its rejection ends the program, as in node. */
  define('__floating', (value) => {
    if (value instanceof Promise)
      value.then(undefined, (error) => {
        if (!process.emit('unhandledRejection', error)) host.uncaught(error)
      })
    return value
  })
  return {
    start: () => load(settings.entry, main),
    requireFrom,
    main,
    finish: () => {
      if (!leaving) {
        leaving = true
        process.emit('beforeExit', process.exitCode ?? 0)
        process.emit('exit', process.exitCode ?? 0)
      }
      return Number(process.exitCode ?? 0)
    },
    uncaught(error) {
      if (process.emit('uncaughtException', error)) return ''
      return error instanceof Error || (error !== null && typeof error === 'object' && 'stack' in error)
        ? errorText(error)
        : 'Uncaught ' + inspect(error)
    },
  }
})
