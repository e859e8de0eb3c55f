/** The options that set the limits of a program or a cell. */
import type { Command } from 'commander'
import type { Limits } from '../kernel/index.js'
import { positive, wholePositive } from './options.js'

export interface LimitOptions {
  readonly time?: number
  readonly wall?: number
  readonly memory?: number
  readonly output?: number
}

export function addLimits(command: Command): Command {
  return command
    .option('--time <seconds>', 'CPU time', positive)
    .option('--wall <seconds>', 'wall-clock time', positive)
    .option('--memory <MB>', 'memory', wholePositive)
    .option('--output <bytes>', 'standard output and error together', wholePositive)
}

export function limitsOf({ time, wall, memory, output }: LimitOptions): Partial<Limits> {
  return {
    ...(time === undefined ? {} : { cpuSeconds: time }),
    ...(wall === undefined ? {} : { wallSeconds: wall }),
    ...(memory === undefined ? {} : { memoryMb: memory }),
    ...(output === undefined ? {} : { outputBytes: output }),
  }
}
