/** Where a function stands in a text. */

/** Offsets into the text. */
export interface Definition {
  readonly name: string
  /** Comments that belong to it (Java) begin behind this. */
  readonly before: number
  /** Its decorators or annotations. In Python all begin with the line. */
  readonly start: number
  /** Its `def`, its modifiers. */
  readonly head: number
  /** Behind the colon; the opening brace. */
  readonly body: number
  readonly end: number
}
