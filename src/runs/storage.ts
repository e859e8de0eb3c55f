/** What the disk refused, as an error that says what to do. */
import { mkdirSync, readdirSync } from 'node:fs'
import { CupelError, describeError, StorageError, UsageError } from '../kernel/index.js'

export function errnoOf(error: unknown): string | undefined {
  return error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined
}

/** The error for a failed write (or creation) of `path` below a run folder. Typed errors pass unchanged. */
export function storageError(error: unknown, path: string): CupelError {
  if (error instanceof CupelError) return error
  const options = { cause: error }
  switch (errnoOf(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new StorageError(
        `the disk is full (${path}): nothing already judged is lost; free space and run again with --resume`,
        options,
      )
    case 'EIO':
      return new StorageError(
        `the disk failed to write ${path} (EIO): nothing already judged is lost; mend it and run again with --resume`,
        options,
      )
    case 'EROFS':
      return new StorageError(`${path} is on a read-only file system: choose another --out`, options)
    case 'EACCES':
    case 'EPERM':
      return new StorageError(
        `there is no permission to write ${path}: grant it and run again with --resume, or choose another --out`,
        options,
      )
    case 'ENOTDIR':
    case 'EEXIST':
      return new UsageError(`${path} is, or is below, a file: choose a folder as --out`, options)
    default:
      return new StorageError(`${path} could not be written: ${describeError(error)}`, options)
  }
}

/** Throws StorageError. */
export function namesIn(dir: string): string[] {
  try {
    return readdirSync(dir)
  } catch (error) {
    throw storageError(error, dir)
  }
}

/** With the folders above it. Throws StorageError, UsageError where a file is in the way. */
export function makeFolder(dir: string): void {
  try {
    mkdirSync(dir, { recursive: true })
  } catch (error) {
    throw storageError(error, dir)
  }
}
