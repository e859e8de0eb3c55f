/**
 * Buffer, TextEncoder, TextDecoder, structuredClone, performance.
 * Does not cover: base64 and UTF-16 in Buffer, numbers read from and written to Buffers.
 */
;(function (define, host, settings) {
  'use strict'
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
  return { Buffer, encode, decode }
})
