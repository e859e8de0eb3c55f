/** Gunzip that hands out everything before the place where the data ends. */
import { createGunzip } from 'node:zlib'
import { BadDataError } from '../kernel/index.js'
import { errnoOf } from './storage.js'

/**
 * Decompresses gzip members one after the other. Throws BadDataError when the stream is cut short, after all data
 * before the cut, or damaged, after the data of all chunks before the damaged one. (Piping
 * into a Gunzip and iterating it would drop the last good chunks with the error.)
 */
export async function* gunzip(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const stream = createGunzip()
  const ready: Buffer[] = []
  let failure: Error | undefined
  stream.on('data', (chunk: Buffer) => ready.push(chunk))
  let over = false
  let wake = () => {}
  const finish = () => {
    over = true
    wake()
  }
  stream.on('error', (error) => {
    failure ??= error
  })
  // `end` comes before the input does when zero bytes follow the last member (padding); they are ignored, as gzip does.
  stream.on('close', finish).on('end', finish)
  /** Until `start` calls back or the stream is over. */
  const settled = (start: (done: () => void) => void) =>
    new Promise<void>((resolve) => {
      wake = resolve
      start(resolve)
      if (over) resolve()
    })
  try {
    for await (const chunk of chunks) {
      await settled((done) => stream.write(chunk, () => done()))
      yield* ready.splice(0)
      if (over || failure) break
    }
    if (!over) await settled(() => stream.end())
    yield* ready.splice(0)
    if (failure) throw gzipError(failure)
  } finally {
    stream.destroy()
  }
}

function gzipError(failure: Error): BadDataError {
  const message =
    errnoOf(failure) === 'Z_BUF_ERROR'
      ? 'the file ends early: the gzip data is cut short; fetch or write it again'
      : `the gzip data is damaged (${failure.message}); fetch or write it again`
  return new BadDataError(message, { cause: failure })
}
