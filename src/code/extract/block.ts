/** A stretch of a reply that may be the program, or a part of it. */
export interface Block {
  /** Language tag in lower case; empty if none. */
  readonly tag: string
  readonly code: string
  /** False if the closing mark never came. */
  readonly closed: boolean
  readonly from: 'fence' | 'tag' | 'plain'
  /** Column of the opening mark. */
  readonly indent: number
  /** The line of the opening mark, of fenced blocks. */
  readonly line?: number
}
