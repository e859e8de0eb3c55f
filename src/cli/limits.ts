/** The options that set the limits of a program or a cell. */
import type { Command } from 'commander'
import type { Limits } from '../kernel/index.js'
import { collect, positive, wholePositive } from './options.js'

export interface LimitOptions {
  readonly time?: number
  readonly wall?: number
  readonly memory?: number
  readonly output?: number
  readonly allowHost?: readonly string[]
}

export function addLimits(command: Command): Command {
  return command
    .option('--time <seconds>', 'CPU time', positive)
    .option('--wall <seconds>', 'wall-clock time', positive)
    .option('--memory <MB>', 'memory', wholePositive)
    .option('--output <bytes>', 'standard output and error together', wholePositive)
    .option(
      '--allow-host <host[:port]>',
      'a host to reach by HTTP(S), *.host for those below; may be repeated',
      collect,
    )
}

export function limitsOf({ time, wall, memory, output, allowHost }: LimitOptions): Partial<Limits> {
  return {
    ...(time === undefined ? {} : { cpuSeconds: time }),
    ...(wall === undefined ? {} : { wallSeconds: wall }),
    ...(memory === undefined ? {} : { memoryMb: memory }),
    ...(output === undefined ? {} : { outputBytes: output }),
    ...(allowHost === undefined ? {} : { network: allowHost }),
  }
}
