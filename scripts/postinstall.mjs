/**
 * After `npm install`: builds the native sandbox helper where a C compiler is there. Prints one line, and never
 * fails the install: without the helper, Cupel runs programs in WebAssembly.
 */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const fallback = 'programs will run in WebAssembly'

try {
  // The published package has only `dist`; a fresh clone has only `src`.
  const builders = ['src', 'dist'].map((folder) => join(root, folder, 'execute/sandbox/native/build.mjs'))
  const builder = builders.find((path) => existsSync(path))
  if (builder) {
    const { buildWarden } = await import(pathToFileURL(builder).href)
    const { ok, message } = await buildWarden()
    console.log(`cupel: native sandbox helper: ${ok ? message : `${message}; ${fallback}`}`)
  }
} catch (error) {
  const [line] = String(error instanceof Error ? error.message : error).split('\n')
  console.log(`cupel: the native sandbox helper could not be built (${line}); ${fallback}`)
}
