/**
 * A module's own memory made into one that the host gives, so that its largest size can be set for each run although the
 * module is compiled once, and so that its size can be read and its content be kept.
 * Covers: modules with one 32-bit memory. Refuses: several memories, shared and 64-bit ones.
 */
const sections = { custom: 0, type: 1, import: 2, memory: 5 }
export const memoryImport = { module: 'cupel', name: 'memory' }

/** Unsigned LEB128 at `at`: value and the place after it. */
function read(bytes, at) {
  let [value, shift, next] = [0, 0, at]
  for (;;) {
    const byte = bytes[next++]
    if (byte === undefined || shift > 28) throw new Error('not a WebAssembly module')
    value += (byte & 0x7f) * 2 ** shift
    shift += 7
    if (byte < 0x80) return [value, next]
  }
}

function number(value) {
  const bytes = []
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest]
    bytes.push((rest % 128) | 0x80)
  }
}
const text = (string) => [...number(string.length), ...[...string].map((c) => c.charCodeAt(0))]

/** Id, content's start and end of each section. */
function* sectionsOf(bytes) {
  if (bytes.length < 8 || bytes[0] !== 0 || bytes[1] !== 0x61 || bytes[2] !== 0x73 || bytes[3] !== 0x6d)
    throw new Error('not a WebAssembly module')
  for (let at = 8; at < bytes.length; ) {
    const id = bytes[at]
    const [size, start] = read(bytes, at + 1)
    if (start + size > bytes.length) throw new Error('not a WebAssembly module')
    yield { id, from: at, start, end: start + size }
    at = start + size
  }
}

/** The same module with its memory as an import, and the pages it starts with; `pages` is undefined if it has no memory. */
export function withHostMemory(bytes) {
  const all = [...sectionsOf(bytes)]
  const memory = all.find(({ id }) => id === sections.memory)
  if (memory === undefined) return { bytes, pages: undefined }
  const [count, flagsAt] = read(bytes, memory.start)
  const flags = bytes[flagsAt]
  if (count === 0) return { bytes, pages: undefined }
  if (count > 1 || flags > 1) throw new Error('only modules with one 32-bit memory can run here')
  const [pages] = read(bytes, flagsAt + 1)

  const entry = [...text(memoryImport.module), ...text(memoryImport.name), 2, 0, ...number(pages)]
  const old = all.find(({ id }) => id === sections.import)
  const [oldCount, oldStart] = old === undefined ? [0, 0] : read(bytes, old.start)
  const oldEntries = old === undefined ? new Uint8Array(0) : bytes.subarray(oldStart, old.end)
  const head = number(oldCount + 1)
  const length = head.length + oldEntries.length + entry.length
  const imports = [Uint8Array.of(sections.import, ...number(length), ...head), oldEntries, Uint8Array.from(entry)]

  const parts = [bytes.subarray(0, 8)]
  let written = false
  for (const { id, from, end } of all) {
    // Imports come after types; custom sections stand anywhere.
    if (!written && id !== sections.custom && id !== sections.type) {
      parts.push(...imports)
      written = true
    }
    if (id !== sections.import && id !== sections.memory) parts.push(bytes.subarray(from, end))
  }
  if (!written) parts.push(...imports)
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return { bytes: out, pages }
}
