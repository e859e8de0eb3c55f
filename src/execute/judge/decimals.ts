/**
 * Words as decimal numbers of any length, read as Python's `Decimal` reads them: `1.0` is `1.00`, 50000000000000001 is not
 * 50000000000000000, and NaN is nothing, not even itself.
 *
 * Not covered: digits of other scripts than the Latin.
 */

const decimal = /^([+-]?)(?:(\d[\d_]*)?(?:\.([\d_]*))?)(?:e([+-]?\d[\d_]*))?$/i
const infinity = /^([+-]?)inf(?:inity)?$/i

/** Whether both are the same text, or as many words that are the same numbers. */
export function sameDecimals(expected: string, got: string): boolean {
  if (expected === got) return true
  const [wanted, given] = [expected, got].map((line) => line.split(/\s+/).filter((word) => word !== '')) as [
    string[],
    string[],
  ]
  if (wanted.length !== given.length) return false
  return wanted.every((word, i) => {
    const value = canonical(word)
    return value !== null && value === canonical(given[i] as string)
  })
}

/** One text for each number: its digits without zeros around them, and the power of ten; null for what is none. */
function canonical(word: string): string | null {
  const endless = infinity.exec(word)
  if (endless) return endless[1] === '-' ? '-inf' : 'inf'
  const [found, sign = '', whole = '', fraction = '', exponent = '0'] = decimal.exec(word) ?? []
  const plain = (text: string) => text.replaceAll('_', '')
  const all = plain(whole + fraction)
  // A power with a thousand figures is nobody's.
  if (found === undefined || all === '' || exponent.length > 1000) return null
  const digits = all.replace(/^0+/, '')
  if (digits === '') return '0'
  // Not by a pattern, which would begin again at each zero.
  let end = digits.length
  while (digits[end - 1] === '0') end--
  const kept = digits.slice(0, end)
  const power = BigInt(plain(exponent)) - BigInt(plain(fraction).length) + BigInt(digits.length - kept.length)
  return `${sign.replace('+', '')}${kept}e${power}`
}
