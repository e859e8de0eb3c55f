/** What a person is shown of a cell. */
import type { Cell } from '../../execute/index.js'
import { paint, visible } from '../output.js'

export function cellText(cell: Cell): { out: string; err: string } {
  const shown = cell.results.map(resultText)
  const out = ended(cell.stdout) + shown.map(ended).join('')
  const problem = cell.exception?.traceback ?? (cell.exception && `${cell.exception.type}: ${cell.exception.message}`)
  const notes = [
    ...(problem ? [paint.red(visible(problem.trimEnd()))] : []),
    ...(cell.reason || !['ok', 'runtime-error', 'compile-error'].includes(cell.outcome)
      ? [paint.yellow(cell.reason ? `${cell.outcome}: ${cell.reason}` : cell.outcome)]
      : []),
    ...(cell.ended ? [paint.yellow('the session is over')] : []),
  ]
  return { out, err: ended(cell.stderr) + notes.map(ended).join('') }
}

function resultText(result: Readonly<Record<string, unknown>>): string {
  const pictures = Object.keys(result).filter((mime) => mime.startsWith('image/'))
  const text = typeof result['text/plain'] === 'string' ? visible(result['text/plain']) : JSON.stringify(result)
  return pictures.length > 0 ? `${text} [${pictures.join(', ')}: keep it with :save FILE, or use --json]` : text
}

function ended(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`
}

/** The bytes of the last picture among the results, if there is one. */
export function lastPicture(results: Cell['results']): { mime: string; bytes: Buffer } | null {
  for (const result of [...results].reverse())
    for (const mime of ['image/png', 'image/jpeg', 'image/svg+xml']) {
      const data = result[mime]
      if (typeof data === 'string') return { mime, bytes: Buffer.from(data, mime.endsWith('xml') ? 'utf8' : 'base64') }
    }
  return null
}
