/**
 * The memory of a started Python, kept on disk, so that a child starts in half a second instead of three.
 * Covers: one file per Pyodide, node and driver version. Does not cover: what cache.ts does not.
 */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describeError } from '../../../kernel/index.js'
import { keyOf, kept } from './cache.js'
import { Child } from './child.js'
import { packageVersion, pyodideRuntime, wasmFolder } from './packages.js'

/** Drivers of the judge (execute/judge/python), which the snapshot holds too. */
export const driversFolder = join(wasmFolder, '..', '..', 'judge', 'python')
const fileName = 'python.snapshot'

/** The folder and file of the snapshot, made now if it isn't there; or why there is none. */
export async function pythonSnapshot(
  flags: readonly string[],
): Promise<{ folder: string; file: string } | { problem: string }> {
  try {
    const drivers = existsSync(driversFolder) ? readdirSync(driversFolder).filter((file) => file.endsWith('.py')) : []
    const sources = [
      ...drivers.sort().map((file) => join(driversFolder, file)),
      join(wasmFolder, 'hosts', 'pyodide.mjs'),
    ]
    const key = keyOf([packageVersion(pyodideRuntime().folder)], sources)
    const folder = await kept('pyodide', key, fileName, () => takeSnapshot(flags))
    return { folder, file: join(folder, fileName) }
  } catch (error) {
    return { problem: describeError(error) }
  }
}

async function takeSnapshot(flags: readonly string[]): Promise<Uint8Array> {
  const runtime = pyodideRuntime()
  return Child.oneFrame(
    { ...runtime, args: [...runtime.args, 'snapshot', '-', driversFolder] },
    { flags, reads: [driversFolder] },
  )
}
