import { expect, it } from 'vitest'
import { normalQuantile } from './normal.js'

it.each([
  // Printed tables of the normal distribution.
  [0.5, 0],
  [0.8, 0.8416212336],
  [0.9, 1.2815515655],
  [0.975, 1.9599639845],
  [0.995, 2.5758293035],
  [0.9999, 3.7190164855],
])('the quantile of %d is %d, and of its complement the negative', (share, z) => {
  expect(normalQuantile(share)).toBeCloseTo(z, 8)
  expect(normalQuantile(1 - share)).toBeCloseTo(-z, 8)
})

it('has no end within what is asked', () => {
  expect(normalQuantile(1e-9)).toBeCloseTo(-5.997807015, 6)
})
