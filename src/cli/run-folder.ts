/** Where a run is kept when nobody says where. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { UsageError } from '../kernel/index.js'

const parent = 'cupel-runs'

/** `--out`; with `--resume` alone the newest unfinished run of the benchmark; else a new folder named after the time. */
export function runFolder(
  benchmark: string,
  { out, resume }: { readonly out?: string; readonly resume?: boolean },
  now = new Date(),
  base = parent,
): string {
  if (out !== undefined) return out
  if (resume) {
    const unfinished = runsOf(benchmark, base).filter((name) => !existsSync(join(base, name, 'summary.json')))
    const newest = unfinished.at(-1)
    if (newest) return join(base, newest)
    throw new UsageError(`there is no unfinished run of ${benchmark} below ${base}: name the folder of one with --out`)
  }
  const name = `${benchmark}-${timestamp(now)}`
  let folder = join(base, name)
  for (let twin = 2; existsSync(folder); twin++) folder = join(base, `${name}-${twin}`)
  return folder
}

/** Names of the folders of its runs, oldest first. */
function runsOf(benchmark: string, base: string): string[] {
  if (!existsSync(base)) return []
  const pattern = /^-\d{8}-\d{6}(-\d+)?$/
  return readdirSync(base)
    .filter((name) => name.startsWith(benchmark) && pattern.test(name.slice(benchmark.length)))
    .sort()
}

/** Local time as yyyymmdd-hhmmss. */
function timestamp(now: Date): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const day = `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}`
  return `${day}-${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`
}
