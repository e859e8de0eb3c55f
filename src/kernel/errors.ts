/**
 * Typed errors. Each has a stable code and a message that says what happened and what to do.
 * The code decides the exit code of the command line: usage 2, infrastructure 3.
 */

export const errorCodes = [
  'CUPEL_USAGE',
  'CUPEL_NOT_FOUND',
  'CUPEL_BAD_DATA',
  'CUPEL_ISOLATION',
  'CUPEL_TOOLCHAIN',
  'CUPEL_MODEL',
  'CUPEL_STORAGE',
  'CUPEL_BUDGET',
  'CUPEL_INTERNAL',
] as const

export type ErrorCode = (typeof errorCodes)[number]

export class CupelError extends Error {
  readonly code: ErrorCode
  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = new.target.name
    this.code = code
  }
  /** 2 for what the user can mend in the command, 3 for what the machine or a service did. */
  get exitCode(): 2 | 3 {
    return this.code === 'CUPEL_USAGE' || this.code === 'CUPEL_NOT_FOUND' || this.code === 'CUPEL_BAD_DATA' ? 2 : 3
  }
}

/** The command or the options are wrong. */
export class UsageError extends CupelError {
  constructor(message: string, options?: { cause?: unknown }) {
    super('CUPEL_USAGE', message, options)
  }
}

/** A name, file or data set that is not there. */
export class NotFoundError extends CupelError {
  constructor(message: string, options?: { cause?: unknown }) {
    super('CUPEL_NOT_FOUND', message, options)
  }
}

/** A file or reply that is not in the format it should be. */
export class BadDataError extends CupelError {
  constructor(message: string, options?: { cause?: unknown }) {
    super('CUPEL_BAD_DATA', message, options)
  }
}

/** The isolation asked for cannot be had here. */
export class IsolationError extends CupelError {
  constructor(message: string, options?: { cause?: unknown }) {
    super('CUPEL_ISOLATION', message, options)
  }
}

/** A compiler or interpreter is missing. */
export class ToolchainError extends CupelError {
  constructor(message: string, options?: { cause?: unknown }) {
    super('CUPEL_TOOLCHAIN', message, options)
  }
}

/** A model provider failed after all retries. */
export class ModelError extends CupelError {
  constructor(message: string, options?: { cause?: unknown }) {
    super('CUPEL_MODEL', message, options)
  }
}

/** The disk refused (full, read-only, permission). */
export class StorageError extends CupelError {
  constructor(message: string, options?: { cause?: unknown }) {
    super('CUPEL_STORAGE', message, options)
  }
}

/** A method reached its budget; control flow, never shown as a failure. */
export class BudgetExceeded extends CupelError {
  constructor(message: string) {
    super('CUPEL_BUDGET', message)
  }
}

/** One sentence for any thrown value. */
export function describeError(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
