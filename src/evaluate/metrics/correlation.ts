/** Pearson's correlation; with one side of zeros and ones it is the point-biserial one. */

/** −1 to 1; null where one side does not vary, or there are no pairs. The lists have the same length. */
export function correlation(xs: readonly number[], ys: readonly number[]): number | null {
  const [meanX, meanY] = [mean(xs), mean(ys)]
  let [both, ofX, ofY] = [0, 0, 0]
  for (const [i, x] of xs.entries()) {
    const [dx, dy] = [x - meanX, (ys[i] as number) - meanY]
    both += dx * dy
    ofX += dx * dx
    ofY += dy * dy
  }
  const spread = Math.sqrt(ofX) * Math.sqrt(ofY)
  // What is left of equal numbers after rounding is no variation.
  const least = 1e-12 * Math.max(1, Math.abs(meanX)) * Math.sqrt(xs.length)
  return Math.sqrt(ofX) <= least || ofY === 0 ? null : Math.max(-1, Math.min(1, both / spread))
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
