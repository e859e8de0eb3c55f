/** What a reply of the server means. Texts the program wrote only ever choose between kinds of its own failure. */
import { constants } from 'node:os'
import type { Limits, Outcome } from '../../../kernel/index.js'
import { type Reply, endedBy } from './protocol.js'

const signalNames = new Map(Object.entries(constants.signals).map(([name, number]) => [number, name]))

export function signalName(signal: number): string | null {
  return signal > 0 ? (signalNames.get(signal) ?? `signal ${signal}`) : null
}

const outOfMemory =
  /(^|\n)MemoryError\b|std::bad_alloc|JavaScript heap out of memory|Out of memory!|Cannot allocate memory|cannot allocate|OutOfMemoryError/i

/** `exactMemory`: the kernel counts what the program holds, and says so if it is too much. */
export function outcomeOf(
  reply: Reply,
  limits: Limits,
  exactMemory: boolean,
  syntaxError?: RegExp,
): { outcome: Outcome; reason?: string } {
  if (reply.overMemory && reply.endedBy !== endedBy.notStarted)
    return { outcome: 'memory-limit', reason: `used more than ${limits.memoryMb} MB` }
  switch (reply.endedBy) {
    case endedBy.cpu:
      return { outcome: 'time-limit', reason: `used ${limits.cpuSeconds} s of CPU time` }
    case endedBy.wall:
      return { outcome: 'time-limit', reason: `not done after ${limits.wallSeconds} s` }
    case endedBy.output:
      return { outcome: 'output-limit', reason: `wrote more than ${limits.outputBytes} bytes` }
    case endedBy.memory:
      return { outcome: 'memory-limit', reason: `used more than ${limits.memoryMb} MB` }
    case endedBy.disk:
      return { outcome: 'output-limit', reason: `wrote more than ${limits.diskMb} MB of files` }
    case endedBy.processes:
      return { outcome: 'runtime-error', reason: `started more than ${limits.processes} processes` }
    case endedBy.machineOutOfMemory:
      return { outcome: 'infrastructure', reason: 'the machine ran out of memory' }
    case endedBy.notStarted:
      return {
        outcome: 'infrastructure',
        reason: reply.stderr.toString('utf8').trim() || 'the sandbox could not be set up',
      }
  }
  const name = signalName(reply.signal)
  if (name === 'SIGXCPU' || reply.cpuMs > limits.cpuSeconds * 1000)
    return { outcome: 'time-limit', reason: `used ${limits.cpuSeconds} s of CPU time` }
  if (name === 'SIGXFSZ') return { outcome: 'output-limit', reason: `wrote a file larger than ${limits.diskMb} MB` }
  if (reply.exitCode === 0 && !name) return { outcome: 'ok' }
  const stderr = reply.stderr.toString('utf8')
  const nearLimit = !exactMemory && reply.peakBytes > 0.9 * limits.memoryMb * 1024 * 1024
  if (nearLimit || outOfMemory.test(stderr))
    return { outcome: 'memory-limit', reason: `needs more than ${limits.memoryMb} MB` }
  if (syntaxError?.test(stderr)) return { outcome: 'compile-error' }
  return { outcome: 'runtime-error', reason: name ? `ended by ${name}` : `exit code ${reply.exitCode}` }
}
