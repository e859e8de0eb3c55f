/**
 * Finds the Python interpreter programs get. The system's own comes first: what a verdict is must not depend on which
 * packages somebody once installed into another. `CUPEL_PYTHON` names a different one. A version manager's shim is
 * followed to the real interpreter.
 */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { promisify } from 'node:util'

const call = promisify(execFile)

export interface Interpreter {
  readonly path: string
  readonly version: string
  /** Files and folders outside /usr that it needs: never its whole prefix, which may be somebody's home. */
  readonly folders: readonly string[]
}

/** Other interpreters, and builds without the lock (abiflags `t`), lay out objects as python.h does not know them. */
const ask = `
import sys, os
if sys.implementation.name != "cpython" or "t" in sys.abiflags: sys.exit("not with this interpreter")
print(os.path.realpath(sys.executable)); print(sys.version.split()[0]); print(sys.base_prefix); print(sys.base_exec_prefix)`

/** `CUPEL_PYTHON`, else the system's if it is on the PATH, else the first that answers; null if there is none. */
export async function findPython(env = process.env): Promise<Interpreter | null> {
  for (const name of env.CUPEL_PYTHON ? [env.CUPEL_PYTHON] : candidates(env.PATH ?? '')) {
    try {
      const { stdout } = await call(name, ['-I', '-c', ask], { timeout: 20_000 })
      const [path, version, prefix, execPrefix] = stdout.trim().split('\n')
      if (!path || !version || !prefix) continue
      const [major = 0, minor = 0] = version.split('.').map(Number)
      if (major < 3 || minor < 9) continue // socket.recv_fds
      const parts = [prefix, execPrefix ?? prefix].flatMap((folder) => [`${folder}/lib`, `${folder}/lib64`])
      const folders = [...new Set([path, ...parts])].filter((one) => !/^\/usr(\/|$)/.test(one) && existsSync(one))
      return { path, version, folders }
    } catch {}
  }
  return null
}

function candidates(path: string): string[] {
  const folders = path.split(':').filter((folder) => folder.startsWith('/'))
  const system = folders.filter((folder) => folder === '/usr/bin' || folder === '/bin')
  return [...system, ...folders].flatMap((folder) => [`${folder}/python3`, `${folder}/python`])
}
