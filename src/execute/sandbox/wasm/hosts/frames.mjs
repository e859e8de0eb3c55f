/**
 * The private channel between Cupel and one of its children: frames of a 4-byte length and JSON on descriptor 3, read and
 * written synchronously. Standard output and error of the guest go to descriptors 1 and 2.
 * Does not cover: more than one conversation at a time.
 */
import { Buffer } from 'node:buffer'
import fs from 'node:fs'
import process from 'node:process'

const { readSync, writeSync } = fs
const pause = new Int32Array(new SharedArrayBuffer(4))
const { wait } = Atomics

/** Repeats a call while the descriptor says "not now". */
function patiently(call) {
  for (;;) {
    try {
      return call()
    } catch (error) {
      if (error.code === 'EAGAIN') wait(pause, 0, 0, 1)
      else if (error.code === 'EOF') return 0
      else throw error
    }
  }
}

export function writeAll(fd, bytes) {
  for (let at = 0; at < bytes.length; ) at += patiently(() => writeSync(fd, bytes, at, bytes.length - at))
}

/** Exactly `length` bytes; undefined if the other end is closed. */
export function readExactly(fd, length) {
  const bytes = Buffer.allocUnsafe(length)
  for (let at = 0; at < length; ) {
    const n = patiently(() => readSync(fd, bytes, at, length - at, null))
    if (n === 0) return undefined
    at += n
  }
  return bytes
}

/** Whatever is there, at most `length` bytes; empty at the end. */
export function readSome(fd, length) {
  const bytes = Buffer.allocUnsafe(length)
  return bytes.subarray(
    0,
    patiently(() => readSync(fd, bytes, 0, length, null)),
  )
}

export function send(message) {
  const body = Buffer.from(JSON.stringify(message))
  const head = Buffer.alloc(4)
  head.writeUInt32BE(body.length)
  writeAll(3, Buffer.concat([head, body]))
}

/** The next message; ends the process if Cupel is gone. */
export function receive() {
  const head = readExactly(3, 4)
  if (head === undefined) process.exit(0)
  const body = readExactly(3, head.readUInt32BE())
  if (body === undefined) process.exit(0)
  return JSON.parse(body.toString())
}

export function sleep(ms) {
  wait(pause, 0, 0, ms)
}

/** Counts what this process used since it was called. */
export function meter() {
  const start = process.cpuUsage()
  const usage = process.cpuUsage.bind(process)
  const resources = process.resourceUsage.bind(process)
  return {
    cpuMs() {
      const used = usage(start)
      return (used.user + used.system) / 1000
    },
    peakBytes: () => resources().maxRSS * 1024,
  }
}

/** One frame of raw bytes. */
export function sendBytes(body) {
  const head = Buffer.alloc(4)
  head.writeUInt32BE(body.length)
  writeAll(3, head)
  writeAll(3, Buffer.from(body.buffer, body.byteOffset, body.byteLength))
}
