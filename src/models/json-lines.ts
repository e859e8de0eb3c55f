/** Rows of a JSON Lines file, gzipped or not, read as a stream. */
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import { BadDataError, CupelError, NotFoundError } from '../kernel/index.js'

export async function* jsonLines(file: string): AsyncGenerator<{ readonly line: number; readonly value: unknown }> {
  let failure: Error | undefined
  const source = createReadStream(file)
  const stream = file.endsWith('.gz') ? source.pipe(createGunzip()) : source
  // readline does not pass on the errors of its input.
  const lines = createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })
  const fail = (error: Error) => {
    failure ??= error
    lines.close()
  }
  source.on('error', fail)
  stream.on('error', fail)
  let number = 0
  try {
    for await (const text of lines) {
      number++
      const row = number === 1 ? text.replace(/^\ufeff/, '') : text
      if (row.trim() !== '') yield { line: number, value: parse(row, file, number) }
    }
  } catch (error) {
    if (error instanceof CupelError) throw error
    failure ??= error as Error
  } finally {
    source.destroy()
  }
  if (failure) throw describe(failure, file)
}

function parse(row: string, file: string, line: number): unknown {
  try {
    return JSON.parse(row) as unknown
  } catch {
    throw new BadDataError(`line ${line} of ${file} is not JSON: each line must hold one JSON object`)
  }
}

function describe(error: Error, file: string): CupelError {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ENOENT') return new NotFoundError(`there is no file ${file}`)
  if (code?.startsWith('Z_')) return new BadDataError(`${file} is not a whole gzip file: fetch it again`)
  return new NotFoundError(`${file} cannot be read (${code ?? error.message})`)
}
