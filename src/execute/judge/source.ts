/** A source as the toolchains want it: no byte-order mark, no carriage returns at line ends, no NUL at the end. */
export function normalizeSource(code: string): string {
  return code.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')
}
