/** What a compiler may use, whatever the limits of the program it compiles. */
import { limitsFrom } from '../../../kernel/index.js'

export const compileLimits = limitsFrom({
  cpuSeconds: 30,
  wallSeconds: 60,
  memoryMb: 2048,
  outputBytes: 1 << 20,
  diskMb: 256,
  files: 1000,
  fileBytes: 96 * 2 ** 20,
})
