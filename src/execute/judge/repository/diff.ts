/** Reads a unified diff: what git writes, what diff -u writes, and text before and between. */

/** Why a patch cannot be read or applied, for whoever wrote it. */
export class PatchError extends Error {}

export interface HunkLine {
  readonly sign: ' ' | '+' | '-'
  /** With its line end, if it has one. */
  readonly text: string
}

export interface Hunk {
  /** 1-based line of the old file. */
  readonly start: number
  readonly lines: readonly HunkLine[]
}

export interface FilePatch {
  /** Null: the file is new. */
  readonly from: string | null
  /** Null: the file is deleted. */
  readonly to: string | null
  readonly copies: boolean
  /** Where it says whether the file may be run. */
  readonly mode?: 'plain' | 'executable'
  readonly hunks: readonly Hunk[]
}

const hunkLine = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/

/** Throws PatchError, also where there is nothing to apply. */
export function readPatch(text: string): FilePatch[] {
  const reader = new Reader(text)
  const files: FilePatch[] = []
  for (let file = reader.file(); file !== null; file = reader.file()) files.push(file)
  if (files.length === 0) throw new PatchError('there is no patch in it: no line begins with «diff --git» or «--- »')
  return files
}

class Reader {
  readonly #lines: readonly string[]
  #at = 0

  constructor(text: string) {
    const lines = text.split('\n')
    if (lines.at(-1) === '') lines.pop()
    // Sent as text with CR LF: then the lines of the diff itself end so too.
    const carried =
      lines.some((line) => hunkLine.test(line)) && lines.every((line) => !hunkLine.test(line) || line.endsWith('\r'))
    this.#lines = carried ? lines.map((line) => line.replace(/\r$/, '')) : lines
  }

  /** The next file; null at the end. */
  file(): FilePatch | null {
    for (; this.#at < this.#lines.length; this.#at++) {
      if (this.#line.startsWith('diff --git ')) return this.#git()
      if (this.#line.startsWith('--- ') && this.#lines[this.#at + 1]?.startsWith('+++ ')) return this.#plain()
      if (hunkLine.test(this.#line)) throw this.#error('a hunk stands without a file')
    }
    return null
  }

  get #line(): string {
    return this.#lines[this.#at] ?? ''
  }

  #error(what: string): PatchError {
    return new PatchError(`the patch cannot be read at line ${this.#at + 1}: ${what}`)
  }

  #git(): FilePatch {
    const heading = this.#line
    const names = new Map<string, string>()
    for (this.#at++; this.#at < this.#lines.length; this.#at++) {
      const line = this.#line
      if (/^(GIT binary patch|Binary files .* differ)/.test(line)) throw this.#error('binary files cannot be patched')
      const [, what, value] =
        /^(old mode|new mode|new file mode|deleted file mode|similarity index|dissimilarity index|index|rename from|rename to|copy from|copy to) (.*)$/.exec(
          line,
        ) ?? []
      if (what === undefined || value === undefined) break
      names.set(what, value)
      const mode = what.endsWith('mode')
        ? value
        : what === 'index'
          ? (/ (\d{6})$/.exec(value)?.[1] ?? '100644')
          : '100644'
      if (!/^100\d{3}$/.test(mode)) throw this.#error('symbolic links and submodules cannot be patched')
    }
    const copies = names.has('copy from')
    const last = names.get('new mode') ?? names.get('new file mode')
    const mode = last === undefined ? {} : { mode: modeOf(last) }
    const renamed = names.get('rename from') ?? names.get('copy from')
    const target = names.get('rename to') ?? names.get('copy to')
    const headed = this.#line.startsWith('--- ') && this.#lines[this.#at + 1]?.startsWith('+++ ') ? this.#plain() : null
    if (renamed !== undefined || target !== undefined) {
      if (renamed === undefined || target === undefined) throw this.#error('a file is renamed from or to nothing')
      const [from, to] = [unquoted(renamed), unquoted(target)]
      if (headed && (headed.from !== from || headed.to !== to)) throw this.#error('the names of a renamed file differ')
      return { from, to, copies, ...mode, hunks: headed?.hunks ?? [] }
    }
    if (headed) {
      if (names.has('new file mode') && headed.from !== null) throw this.#error('a new file has an old name')
      if (names.has('deleted file mode') && headed.to !== null) throw this.#error('a deleted file has a new name')
      return { ...headed, ...mode }
    }
    const path = sameName(heading.slice('diff --git '.length))
    if (path === null) throw this.#error('the name of the file cannot be told')
    const from = names.has('new file mode') ? null : path
    return { from, to: names.has('deleted file mode') ? null : path, copies: false, ...mode, hunks: [] }
  }

  #plain(): FilePatch {
    const from = named(this.#line.slice(4))
    const to = named((this.#lines[this.#at + 1] ?? '').slice(4))
    this.#at += 2
    if (from === null && to === null) throw this.#error('both names are /dev/null')
    const prefixed = (from === null || from.startsWith('a/')) && (to === null || to.startsWith('b/'))
    const bare = (path: string | null) => (path !== null && prefixed ? path.slice(2) : path)
    const hunks: Hunk[] = []
    while (hunkLine.test(this.#line)) hunks.push(this.#hunk())
    if (hunks.length === 0) throw this.#error('a file has no hunk')
    if (/^[+ -]/.test(this.#line) && !/^(-- ?$|--- )/.test(this.#line))
      throw this.#error('a hunk has more lines than it says')
    return { from: bare(from), to: bare(to), copies: false, hunks }
  }

  #hunk(): Hunk {
    const [, start = '0', old = '1', , added = '1'] = hunkLine.exec(this.#line) ?? []
    const left = { old: Number(old), added: Number(added) }
    const lines: HunkLine[] = []
    this.#at++
    while (left.old > 0 || left.added > 0) {
      if (this.#at >= this.#lines.length) throw this.#error('a hunk has fewer lines than it says')
      // Editors take the space away from an empty line of context.
      const line = this.#line === '' || this.#line === '\r' ? ` ${this.#line}` : this.#line
      const sign = line[0]
      if (sign !== ' ' && sign !== '+' && sign !== '-') throw this.#error('a hunk has fewer lines than it says')
      if (sign !== '+') left.old--
      if (sign !== '-') left.added--
      if (left.old < 0 || left.added < 0) throw this.#error('a hunk has other lines than it says')
      this.#at++
      const ended = !this.#line.startsWith('\\ ')
      if (!ended) this.#at++
      lines.push({ sign, text: ended ? `${line.slice(1)}\n` : line.slice(1) })
    }
    return { start: Number(start), lines }
  }
}

function modeOf(digits: string): 'plain' | 'executable' {
  return (Number.parseInt(digits.slice(-3), 8) & 0o100) === 0 ? 'plain' : 'executable'
}

/** `a/x.py`, `a/x.py<tab>2024-01-01`, `"a/\303\244.py"`, `/dev/null`. */
function named(text: string): string | null {
  const name = text.startsWith('"') ? text : (text.split('\t')[0] as string).replace(/\r$/, '')
  return name === '/dev/null' ? null : unquoted(name)
}

function unquoted(name: string): string {
  const inner = /^"((?:[^"\\]|\\.)*)"/.exec(name)?.[1]
  if (inner === undefined) return name
  const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', a: '\x07', b: '\b', f: '\f', v: '\v' }
  const bytes = Buffer.from(inner).toString('latin1')
  const plain = bytes.replace(/\\([0-7]{3}|.)/g, (_, code: string) =>
    code.length === 3 ? String.fromCharCode(Number.parseInt(code, 8) & 255) : (escapes[code] ?? code),
  )
  return Buffer.from(plain, 'latin1').toString('utf8')
}

/** `a/x b/x` → x, for files whose content does not change (a mode, or a file without content). */
function sameName(names: string): string | null {
  const quoted = /^("(?:[^"\\]|\\.)*") ("(?:[^"\\]|\\.)*")$/.exec(names)
  const half = (names.length - 1) / 2
  const [from, to] = quoted
    ? [unquoted(quoted[1] as string), unquoted(quoted[2] as string)]
    : [names.slice(0, half), names.slice(half + 1)]
  if (!Number.isInteger(half) && !quoted) return null
  return from.startsWith('a/') && to.startsWith('b/') && from.slice(2) === to.slice(2) ? from.slice(2) : null
}
