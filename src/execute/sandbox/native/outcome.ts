/** What a reply of the server means. Texts the program wrote only ever choose between kinds of its own failure. */
import { constants } from 'node:os'
import type { Limits, Outcome } from '../../../kernel/index.js'
import { type Reply, endedBy } from './protocol.js'

/** The first of two names for one number: SIGABRT, not SIGIOT. */
const signalNames = new Map(
  Object.entries(constants.signals)
    .reverse()
    .map(([name, number]) => [number, name]),
)

export function signalName(signal: number): string | null {
  return signal > 0 ? (signalNames.get(signal) ?? `signal ${signal}`) : null
}

/** What the C library calls it; what else a runtime may say is in the definition of its language. */
export const memoryMessage = /cannot allocate memory/i
const heapOutOfMemory = /JavaScript heap out of memory/
/** Of a hostile text only the ends are read: patterns may take long, and what a runtime says of itself stands there. */
const readBytes = 8192
const lastLines = 12

/** What its runtime prints, where the language says so. */
export interface Texts {
  readonly syntaxError?: RegExp
  readonly outOfMemory?: RegExp
}

interface Ended {
  readonly outcome: Outcome
  readonly reason?: string
}

/** What the server says of the limit at which it ended a program or a cell; null if it was none of these four. */
export function limitMet(reply: Reply, limits: Limits): Ended | null {
  switch (reply.endedBy) {
    case endedBy.cpu:
      return { outcome: 'time-limit', reason: `used ${limits.cpuSeconds} s of CPU time` }
    case endedBy.wall:
      return { outcome: 'time-limit', reason: `not done after ${limits.wallSeconds} s` }
    case endedBy.output:
      return { outcome: 'output-limit', reason: `wrote more than ${limits.outputBytes} bytes` }
    case endedBy.memory:
      return { outcome: 'memory-limit', reason: `used more than ${limits.memoryMb} MB` }
    default:
      return null
  }
}

/** `exactMemory`: the kernel counts what the program holds, and says so if it is too much. */
export function outcomeOf(reply: Reply, limits: Limits, exactMemory: boolean, texts: Texts = {}): Ended {
  if (reply.overMemory && reply.endedBy !== endedBy.notStarted)
    return { outcome: 'memory-limit', reason: `used more than ${limits.memoryMb} MB` }
  const met = limitMet(reply, limits)
  if (met) return met
  switch (reply.endedBy) {
    case endedBy.notStarted:
      return {
        outcome: 'infrastructure',
        reason: reply.stderr.toString('utf8').trim() || 'the sandbox could not be set up',
      }
    case endedBy.disk:
      return { outcome: 'output-limit', reason: `wrote more than ${limits.diskMb} MB of files` }
    case endedBy.processes:
      return { outcome: 'runtime-error', reason: `started more than ${limits.processes} processes` }
    case endedBy.machineOutOfMemory:
      return { outcome: 'infrastructure', reason: 'the machine ran out of memory' }
    case endedBy.notCollected:
      return { outcome: 'infrastructure', reason: 'the files that the program left could not be read' }
  }
  const name = signalName(reply.signal)
  // Not by SIGXCPU, which a program can send to itself.
  if (reply.cpuMs > limits.cpuSeconds * 1000)
    return { outcome: 'time-limit', reason: `used ${limits.cpuSeconds} s of CPU time` }
  if (name === 'SIGXFSZ') return { outcome: 'output-limit', reason: `wrote a file larger than ${limits.diskMb} MB` }
  if (reply.exitCode === 0 && !name) return { outcome: 'ok' }
  const stderr = ends(reply.stderr)
  if (lacksMemory(reply, limits, stderr, exactMemory) || texts.outOfMemory?.test(stderr))
    return { outcome: 'memory-limit', reason: `needs more than ${limits.memoryMb} MB` }
  // What was refused as a whole cannot have printed anything.
  if (reply.stdout.length === 0 && texts.syntaxError?.test(stderr)) return { outcome: 'compile-error' }
  return { outcome: 'runtime-error', reason: name ? `ended by ${name}` : `exit code ${reply.exitCode}` }
}

function ends(text: Buffer): string {
  if (text.length <= 2 * readBytes) return text.toString('utf8')
  return `${text.subarray(0, readBytes).toString('utf8')}\n${text.subarray(-readBytes).toString('utf8')}`
}

/**
 * Memory that was refused leaves no trace but what the runtime says in its last words. A program can say the same, and
 * then it counts as out of memory; it gains nothing, since it could as well have run out of memory.
 */
function lacksMemory(
  { peakBytes, signal }: Reply,
  { memoryMb }: Limits,
  stderr: string,
  exactMemory: boolean,
): boolean {
  const share = peakBytes / (memoryMb * 1024 * 1024)
  if (!exactMemory && share > 0.9) return true
  // Node's heap really is full then, and it aborts.
  if (heapOutOfMemory.test(stderr) && signal > 0) return share > 0.3
  return memoryMessage.test(stderr.trimEnd().split('\n').slice(-lastLines).join('\n'))
}
