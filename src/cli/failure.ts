/** What went wrong, as one sentence on stderr, one object on stdout (with --json), and an exit code. */
import { CommanderError } from 'commander'
import { CupelError, describeError, type ErrorCode } from '../kernel/index.js'
import { printJson, printNote, visible } from './output.js'

/** 0 fine, 1 findings, 2 usage, 3 infrastructure, 130 stopped by the user. */
export type ExitCode = 0 | 1 | 2 | 3 | 130

/** Options after `--` belong to nobody. */
export function wantsJson(argv: readonly string[] = process.argv): boolean {
  const end = argv.indexOf('--')
  return (end < 0 ? argv : argv.slice(0, end)).includes('--json')
}

/** Prints the error and returns the exit code. */
export function failWith(error: unknown, json = wantsJson()): ExitCode {
  // Help and version were asked for and printed.
  if (error instanceof CommanderError && error.exitCode === 0) return 0
  const { code, message, exitCode } = described(error)
  if (message !== '') printNote(`cupel: ${message}`)
  if (json) printJson({ error: { code, message } })
  if (process.env.CUPEL_DEBUG === '1' && error instanceof Error) printNote(error.stack ?? '')
  return exitCode
}

function described(error: unknown): { code: ErrorCode; message: string; exitCode: ExitCode } {
  if (error instanceof CupelError)
    return { code: error.code, message: visible(error.message), exitCode: error.exitCode }
  if (error instanceof CommanderError) {
    // Without a command the help itself is the message, and it was printed.
    const message = error.code === 'commander.help' ? '' : sentence(error.message)
    return { code: 'CUPEL_USAGE', message, exitCode: 2 }
  }
  const hint = 'this is a fault of Cupel or of the machine; CUPEL_DEBUG=1 shows where'
  return { code: 'CUPEL_INTERNAL', message: `${visible(describeError(error))} (${hint})`, exitCode: 3 }
}

/** `error: unknown option '--jsn'\n(Did you mean --json?)` on one line. */
function sentence(message: string): string {
  return visible(message.replace(/^error: /, '').replace(/\s*\n\s*/g, ' '))
}
