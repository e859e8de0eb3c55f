/** What transport and terminals leave in a reply: line ends, invisible characters, colours, end-of-turn tokens. */

const ansi = /\u001b\[[0-9;?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)|\u001b[@-Z\\^_]/g
const zeroWidth = /[\u200b-\u200d\u2060\ufeff]+/g
const oddSpace = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/
const oddSpaces = new RegExp(oddSpace, 'g')

/** Tokens that end a model's turn. What follows them is another turn that the model made up. */
const endTokens =
  /<\|(?:endoftext|im_end|im_start|eot_id|end_of_text|eom_id|end|return|eot|endofmask|file_separator|fim_pad|file_sep)\|>|<｜end▁of▁sentence｜>|<(?:end_of_turn|eos|EOT)>|<\/s>|\[\/?EOS\]/gi

const beginTokens =
  /^(?:\s*(?:<s>|<\|begin_of_text\|>|<bos>|<｜begin▁of▁sentence｜>|<\|im_start\|>assistant\n|\[EOS\]))+/i

/** The reply with LF line ends, without escapes and invisible characters, and with plain spaces where code stands. */
export function plainText(reply: string): string {
  const visible = reply
    .replace(/\r\n?/g, '\n')
    .replace(ansi, '')
    .replace(zeroWidth, (run, at: number, whole: string) =>
      // Between two non-ASCII characters they may be part of a word or an emoji in a string literal.
      isWide(whole[at - 1]) && isWide(whole[at + run.length]) ? run : '',
    )
  if (!oddSpace.test(visible)) return visible
  return visible.replace(/^[^'"`\n]+/gm, (beforeQuote) => beforeQuote.replace(oddSpaces, ' '))
}

/** Cuts at the first end-of-turn token that is not part of a string literal. */
export function cutAtEndToken(text: string): string {
  const body = text.replace(beginTokens, '')
  let start = 0
  for (const match of body.matchAll(endTokens)) {
    const end = match.index + match[0].length
    const before = body.endsWith('```', match.index) ? '\n' : (body[match.index - 1] ?? '\n')
    const after = body[end] ?? '\n'
    if (isQuote(after) || (isQuote(before) && after !== '\n')) continue
    // `</s>` is also the end of an HTML strike-through: it counts at the end of a line only.
    if (match[0] === '</s>' && after !== '\n') continue
    const turn = body.slice(start, match.index)
    if (turn.trim() !== '') return turn
    start = end
  }
  return body.slice(start)
}

function isQuote(char: string): boolean {
  return char === "'" || char === '"' || char === '`'
}

function isWide(char: string | undefined): boolean {
  return char !== undefined && char.charCodeAt(0) > 127
}
