/**
 * From a reply to whole files: fenced blocks, each with its path in the line before it, as most editing formats have it; or
 * a JSON object of paths and contents. What is asked for as one file may come as one block without a path.
 *
 * Not covered: paths inside the fence's info string, or in a comment of the code.
 */
import { type ExtractOptions, extractCode } from './extract.js'
import { fencedBlocks } from './extract/fences.js'
import { visibleText } from './extract/reasoning.js'
import { cutAtEndToken, plainText } from './extract/text.js'

export interface FilesExtraction {
  /** JSON: an object of path → content; null where there is none of the files. */
  readonly code: string | null
  /** `files`, or how the one file was found. */
  readonly how: string
  readonly missing?: 'no-code' | 'truncated' | 'refused'
}

/** `files`: the paths asked for. Others may come with them, never without. */
export function extractFiles(
  reply: string,
  { files, ...options }: ExtractOptions & { readonly files: readonly string[] },
): FilesExtraction {
  const text = cutAtEndToken(visibleText(plainText(reply)).text)
  const found = fromObject(text, files) ?? fromBlocks(text, files)
  if (found) {
    const cut = found.open && options.finish === 'length' ? ({ missing: 'truncated' } as const) : {}
    return { code: JSON.stringify(found.files), how: 'files', ...cut }
  }
  const { code, how, missing } = extractCode(reply, options)
  const [only] = files
  if (code !== null && only !== undefined && files.length === 1)
    return { code: JSON.stringify({ [only]: `${code}\n` }), how, ...(missing ? { missing } : {}) }
  return { code: null, how: 'nothing', missing: missing ?? 'no-code' }
}

interface Found {
  readonly files: Readonly<Record<string, string | null>>
  /** The last of them never came to its end. */
  readonly open: boolean
}

function fromObject(text: string, wanted: readonly string[]): Found | null {
  const bare = text
    .trim()
    .replace(/^```(?:json)?[ \t]*\n/, '')
    .replace(/\n```$/, '')
  if (!bare.startsWith('{')) return null
  try {
    const read = JSON.parse(bare) as Record<string, unknown>
    const whole = Object.values(read).every((content) => typeof content === 'string' || content === null)
    if (!whole || !wanted.some((path) => typeof read[path] === 'string')) return null
    return { files: read as Found['files'], open: false }
  } catch {
    return null
  }
}

function fromBlocks(text: string, wanted: readonly string[]): Found | null {
  const lines = text.split('\n')
  const files = new Map<string, string>()
  let open = false
  for (const { code, line, closed } of fencedBlocks(lines)) {
    const before = lines.slice(0, Math.max(0, line ?? 0)).findLast((one) => one.trim() !== '')
    const path = before === undefined ? null : pathIn(before, wanted)
    if (path === null) continue
    files.set(path, code === '' ? '' : `${code}\n`)
    open = !closed
  }
  return wanted.some((path) => files.has(path)) ? { files: Object.fromEntries(files), open } : null
}

/** `leap.h`, `**src/lib.rs**`, ``### `leap.h`:``, `File: leap.h`; a name alone stands for the one file that is called so. */
function pathIn(line: string, wanted: readonly string[]): string | null {
  const bare = line
    .trim()
    .replace(/^(?:#+|[-*]|\d+[.)])\s+/, '')
    .replace(/[*`"']+/g, '')
    .replace(/^(?:file(?: ?name)?|path)\s*:\s*/i, '')
    .replace(/\s*:$/, '')
    .replace(/^\.\//, '')
    .trim()
  if (wanted.includes(bare)) return bare
  const named = wanted.filter((path) => path.endsWith(`/${bare}`))
  if (named.length === 1) return named[0] as string
  return /^[\w.-]+(?:\/[\w.-]+)*\.\w+$/.test(bare) ? bare : null
}
