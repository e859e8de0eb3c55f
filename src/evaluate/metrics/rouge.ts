/** ROUGE-L (Lin 2004): the longest common subsequence of the words of a text and its reference. */

/**
 * The harmonic mean of the subsequence's share of the reference and of the text, 0 to 1; 0 where either has no word. In `plainWords`
 * and one line it is what ODEX prints (rougeLsum without stems). Time is the product of the lengths over 32.
 */
export function rougeL(reference: readonly string[], text: readonly string[]): number {
  const common = longestCommonSubsequence(reference, text)
  return common === 0 ? 0 : (2 * common) / (reference.length + text.length)
}

/**
 * Its length, by Hyyrö's bits: a bit for each word of `a` is cleared where one more word of the common subsequence ends there,
 * and a whole row of the usual table is one addition over 32-bit pieces.
 */
function longestCommonSubsequence(a: readonly string[], b: readonly string[]): number {
  const pieces = Math.ceil(a.length / 32)
  const places = new Map<string, Uint32Array>()
  for (const [i, word] of a.entries()) {
    const bits = places.get(word) ?? new Uint32Array(pieces)
    bits[i >>> 5] = ((bits[i >>> 5] as number) | (1 << (i & 31))) >>> 0
    places.set(word, bits)
  }
  const row = new Uint32Array(pieces).fill(0xffff_ffff)
  for (const word of b) {
    const bits = places.get(word)
    if (!bits) continue
    let carry = 0
    for (let i = 0; i < pieces; i++) {
      const now = row[i] as number
      const met = (now & (bits[i] as number)) >>> 0
      const sum = now + met + carry
      carry = sum > 0xffff_ffff ? 1 : 0
      row[i] = ((sum >>> 0) | (now & ~met)) >>> 0
    }
  }
  let length = 0
  for (let i = 0; i < a.length; i++) if (((row[i >>> 5] as number) & (1 << (i & 31))) === 0) length++
  return length
}
