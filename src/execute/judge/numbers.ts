/** Numbers as programs and people write them. */

// Each in one way only, so that a text of a million figures takes no longer than it is.
const number = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i
const whole = /^[+-]?\d+$/

/** Equal as texts, or numbers that differ by no more than one of the two; integers of any size are exact. */
export function near(expected: string, got: string, absolute: number, relative: number): boolean {
  if (expected === got) return true
  const nonFinite = /^[+-]?(nan|inf|infinity)$/i
  if (nonFinite.test(expected)) return expected.toLowerCase().replace('+', '') === got.toLowerCase().replace('+', '')
  if (!number.test(expected) || !number.test(got)) return false
  const [a, b] = [Number(expected), Number(got)]
  if (Math.abs(a) > Number.MAX_SAFE_INTEGER && whole.test(expected) && whole.test(got))
    return figures(got) <= figures(expected) + 400 && nearIntegers(BigInt(expected), BigInt(got), absolute, relative)
  // Beyond what a float holds everything would be as far from everything.
  if (!Number.isFinite(a) || !Number.isFinite(b)) return false
  return Math.abs(a - b) <= Math.max(absolute, relative * Math.abs(a))
}

/** Whoever prints millions of them is not made a number of: that takes seconds. */
const figures = (text: string) => text.replace(/^[+-]?0*/, '').length

function nearIntegers(expected: bigint, got: bigint, absolute: number, relative: number): boolean {
  const size = (value: bigint) => (value < 0n ? -value : value)
  const gap = size(expected - got)
  return Number(gap) <= absolute || gap * 2n ** 60n <= size(expected) * BigInt(Math.floor(relative * 2 ** 60))
}

/** `$1,234.50.` → `1234.50`: a sign of money, thousands set apart and a full stop are no part of the number. */
export function plainNumber(text: string): string | null {
  const found = /^([+-]?)[$€£]? ?(\d{1,3}(?:,\d{3})+|\d+)?(\.\d+)?(e[+-]?\d{1,3})?\.?$/i.exec(text.trim())
  if (!found) return null
  const [, sign = '', whole = '', fraction = '', exponent = ''] = found
  return whole + fraction === ''
    ? null
    : sign.replace('+', '') + (whole.replaceAll(',', '') || '0') + fraction + exponent
}
