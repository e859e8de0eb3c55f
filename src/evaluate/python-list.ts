/** Lists of strings as Python prints them: some files hold those where others hold JSON. */

const item = /\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")\s*(,|\])/sy
const plain: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' }

/** Null for any other text. */
export function listOf(text: string): string[] | null {
  try {
    const read: unknown = JSON.parse(text)
    return Array.isArray(read) && read.every((one) => typeof one === 'string') ? read : null
  } catch {
    return printedList(text.trim())
  }
}

function printedList(text: string): string[] | null {
  if (!text.startsWith('[')) return null
  const list: string[] = []
  item.lastIndex = 1
  for (;;) {
    const [all, single, double, end] = item.exec(text) ?? []
    if (all === undefined) return null
    list.push(unescaped(single ?? double ?? ''))
    if (end === ']') break
  }
  // The sticky expression has moved its own index behind the last item.
  return item.lastIndex === text.length ? list : null
}

function unescaped(text: string): string {
  return text.replace(/\\(x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8}|.)/gs, (_, code: string) =>
    code.length > 1 ? String.fromCodePoint(Number.parseInt(code.slice(1), 16)) : (plain[code] ?? code),
  )
}
