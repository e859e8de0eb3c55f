/** Lists of strings as Python prints them: some files hold those where others hold JSON. */
import { pythonLiteral } from './python-literal.js'

/** Null for any other text. */
export function listOf(text: string): string[] | null {
  const trimmed = text.trim()
  // Python prints no comma behind the last item.
  if (!trimmed.startsWith('[') || /,\s*\]$/.test(trimmed)) return null
  const read = parsed(trimmed)
  return Array.isArray(read) && read.every((one) => typeof one === 'string') ? read : null
}

function parsed(text: string): unknown {
  for (const reader of [JSON.parse, pythonLiteral])
    try {
      return reader(text)
    } catch {
      // the other may read it
    }
  return null
}
