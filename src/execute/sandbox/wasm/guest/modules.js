/**
 * The built-in modules that programs require: fs (reading), readline, util, path, os, events, assert, timers.
 * Does not cover: writing files, http, crypto, streams, workers, child processes.
 */
;(function (host, settings, show, EventEmitter, bytesKit, streams, readline, console, out, err) {
  'use strict'
  const { inspect, printf } = show
  const { Buffer, encode, decode } = bytesKit
  const { process, stdin, readAll, stdinBytes, position, advance } = streams
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
      const part = stdinBytes().subarray(position(), position() + length)
      buffer.set(part, offset)
      advance(part.length)
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
  return { builtins, resolvePath }
})
