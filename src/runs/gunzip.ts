/** Gunzip that hands out everything before the place where the data ends or breaks. */
import { createGunzip } from 'node:zlib'
import { BadDataError } from '../kernel/index.js'
import { errnoOf } from './storage.js'

/**
 * Decompresses gzip members one after the other. Throws BadDataError, after all data before it, when the stream is cut
 * short or damaged. (Piping into a Gunzip and iterating it would drop the last good chunks with the error.)
 */
export async function* gunzip(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const stream = createGunzip()
  const ready: Buffer[] = []
  let failure: Error | undefined
  stream.on('data', (chunk: Buffer) => ready.push(chunk))
  let over = false
  // `end` comes before the input does when bytes that are no gzip follow the last member; they are ignored, as gzip does.
  const closed = new Promise<void>((resolve) => {
    const finish = () => {
      over = true
      resolve()
    }
    stream.on('error', (error) => {
      failure ??= error
    })
    stream.on('close', finish).on('end', finish)
  })
  try {
    for await (const chunk of chunks) {
      await Promise.race([new Promise<void>((resolve) => stream.write(chunk, () => resolve())), closed])
      yield* ready.splice(0)
      if (over || failure) break
    }
    if (!over && !failure) stream.end()
    await closed
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
