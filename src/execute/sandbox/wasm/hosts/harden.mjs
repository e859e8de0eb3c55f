/**
 * Takes away from this process what a guest must not reach even if it got out of its WebAssembly module into JavaScript:
 * the network, other processes, native bindings, code from strings (by a flag) and the global `process`.
 *
 * Covers: the global names, `process` methods and the prototypes of net, dgram, http and worker modules.
 * Does not cover: bugs of V8 or node. On node 20 the permission model has no network scope; this file is what stands there.
 */
import dgram from 'node:dgram'
import dns from 'node:dns'
import net from 'node:net'
import process from 'node:process'

const refuse = () => {
  throw new Error('This is not possible in the sandbox.')
}
const shut = (object, names) => {
  for (const name of names)
    Object.defineProperty(object, name, { value: refuse, writable: false, configurable: false, enumerable: false })
}

/** Caps every WebAssembly memory of this process; set before a job runs. */
export const memoryCap = { pages: 65536, refused: false }
const grow = WebAssembly.Memory.prototype.grow
WebAssembly.Memory.prototype.grow = function (pages) {
  if (this.buffer.byteLength / 65536 + pages > memoryCap.pages) {
    memoryCap.refused = true
    throw new RangeError('The memory limit is reached.')
  }
  return Reflect.apply(grow, this, [pages])
}

/** Before any guest code, after all imports. */
export function harden() {
  shut(net.Socket.prototype, ['connect', 'open'])
  shut(net.Server.prototype, ['listen'])
  shut(net, ['connect', 'createConnection', 'createServer'])
  shut(dgram, ['createSocket'])
  shut(dgram.Socket.prototype, ['bind', 'send', 'connect'])
  shut(dns, ['lookup', 'resolve'])
  for (const name of [
    'binding',
    '_linkedBinding',
    'dlopen',
    'kill',
    '_kill',
    '_debugProcess',
    '_debugEnd',
    'chdir',
    'setuid',
    'setgid',
    'umask',
    'abort',
    'getBuiltinModule',
    'openStdin',
    '_rawDebug',
    '_startProfilerIdleNotifier',
  ])
    if (name in process) shut(process, [name])
  for (const name of [
    'fetch',
    'WebSocket',
    'XMLHttpRequest',
    'EventSource',
    'Request',
    'Response',
    'Headers',
    'FormData',
    'BroadcastChannel',
    'MessageChannel',
    'MessagePort',
    'navigator',
    'crypto',
    'process',
    'Buffer',
    'require',
    'global',
  ])
    delete globalThis[name]
}
