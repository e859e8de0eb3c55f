/**
 * A sandbox for those who want no more than to run something: it opens itself at its first use, with the strongest isolation
 * there is, and ends with the process.
 */
import { Sandbox } from './sandbox.js'

let opened: Promise<Sandbox> | null = null

function open(): Promise<Sandbox> {
  opened ??= Sandbox.open().catch((error: unknown) => {
    opened = null
    throw error
  })
  return opened
}

export const sandbox = {
  run: async (...asked: Parameters<Sandbox['run']>) => (await open()).run(...asked),
  async *runMany(...asked: Parameters<Sandbox['runMany']>) {
    yield* (await open()).runMany(...asked)
  },
  async *runInputs(...asked: Parameters<Sandbox['runInputs']>) {
    yield* (await open()).runInputs(...asked)
  },
  session: async (...asked: Parameters<Sandbox['session']>) => (await open()).session(...asked),
  languages: async () => (await open()).languages(),
  /** Only for those who want its processes gone before theirs ends; the next use opens it again. */
  async close(): Promise<void> {
    const closing = opened
    opened = null
    await (await closing)?.close()
  },
}
