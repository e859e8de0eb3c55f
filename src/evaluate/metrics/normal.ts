/** The standard normal distribution. */

/** P(Z ≤ z) by the Taylor series about 0 (Marsaglia 2004), which only adds numbers of one sign. */
function normalShare(z: number): number {
  if (Math.abs(z) > 9) return z > 0 ? 1 : 0
  let sum = z
  let term = z
  for (let i = 3; Math.abs(term) > Number.EPSILON * Math.abs(sum); i += 2) {
    term *= (z * z) / i
    sum += term
  }
  return 0.5 + (sum * Math.exp(-(z * z) / 2)) / Math.sqrt(2 * Math.PI)
}

/** The z with P(Z ≤ z) = share, by bisection; share in (0, 1), |z| at most 9. */
export function normalQuantile(share: number): number {
  let low = -9
  let high = 9
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2
    if (normalShare(middle) < share) low = middle
    else high = middle
  }
  return (low + high) / 2
}
