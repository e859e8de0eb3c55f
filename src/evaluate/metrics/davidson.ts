/**
 * Maximum likelihood of Davidson's model of paired comparisons with ties (1970): i beats j with probability πᵢ / s, the
 * two tie with ν√(πᵢπⱼ) / s, where s = πᵢ + πⱼ + ν√(πᵢπⱼ).
 *
 * The log-likelihood is concave in θ = log π and log ν, so Newton's steps, halved until they do not fall, reach the one
 * maximum. Only for results of which `boundsOf` says that all are finite: otherwise there is none.
 */
import { CupelError } from '../../kernel/index.js'
import type { Results } from './separation.js'

export interface Davidson {
  /** log π of each model; their mean is 0. */
  readonly strengths: readonly number[]
  /** ν; 0 where nothing was a tie. */
  readonly tie: number
}

/** Natural parameters: θ of each model but the first, which is 0, and log ν where there are ties. */
export function fitDavidson(results: Results): Davidson {
  const size = results.wins.length
  const hasTies = results.ties.some((row) => row.some((count) => count > 0))
  let parameters = Array<number>(size - 1 + (hasTies ? 1 : 0)).fill(0)
  let now = slopes(results, parameters, hasTies)
  for (let round = 0; round < 200; round++) {
    const step = solve(now.curvature, now.gradient)
    let scale = 1
    let next = moved(parameters, step, scale)
    let then = slopes(results, next, hasTies)
    // At the top a step changes the likelihood by less than its own rounding.
    const rounding = 1e-12 * Math.abs(now.likelihood)
    while (!(then.likelihood >= now.likelihood - rounding) && scale > 1e-12) {
      scale /= 2
      next = moved(parameters, step, scale)
      then = slopes(results, next, hasTies)
    }
    // Each step squares the error of the one before: after this one nothing is left of it.
    const settled = step.every((one) => Math.abs(one) < 1e-8)
    parameters = next
    now = then
    if (settled)
      return normalised([0, ...parameters.slice(0, size - 1)], hasTies ? Math.exp(parameters.at(-1) ?? 0) : 0)
  }
  throw new CupelError('CUPEL_INTERNAL', 'the strengths of the models did not settle')
}

function normalised(strengths: readonly number[], tie: number): Davidson {
  const mean = strengths.reduce((a, b) => a + b, 0) / strengths.length
  return { strengths: strengths.map((one) => one - mean), tie }
}

function moved(parameters: readonly number[], step: readonly number[], scale: number): number[] {
  return parameters.map((one, i) => one + scale * (step[i] as number))
}

/** Log-likelihood, its gradient, and the negative of its second derivatives. */
function slopes({ wins, ties }: Results, parameters: readonly number[], hasTies: boolean) {
  const size = wins.length
  const last = parameters.length - 1
  const gradient = Array<number>(parameters.length).fill(0)
  const curvature = parameters.map(() => Array<number>(parameters.length).fill(0))
  let likelihood = 0
  for (let i = 0; i < size; i++)
    for (let j = i + 1; j < size; j++) {
      const counts = [wins[i]?.[j] ?? 0, wins[j]?.[i] ?? 0, ties[i]?.[j] ?? 0]
      const games = counts.reduce((a, b) => a + b, 0)
      if (games === 0) continue
      // An outcome's logit is a sum of parameters; these are how often each is in it.
      const features: [at: number, of: number][][] = [
        [[i - 1, 1]],
        [[j - 1, 1]],
        [
          [i - 1, 0.5],
          [j - 1, 0.5],
          [last, 1],
        ],
      ].map((terms) => terms.filter(([at]) => at !== -1) as [number, number][])
      const outcomes = hasTies ? [0, 1, 2] : [0, 1]
      const logits = features.map((terms) => terms.reduce((sum, [at, of]) => sum + (parameters[at] ?? 0) * of, 0))
      const top = Math.max(...outcomes.map((one) => logits[one] as number))
      const weights = outcomes.map((one) => Math.exp((logits[one] as number) - top))
      const total = weights.reduce((a, b) => a + b, 0)
      const mean = new Map<number, number>()
      for (const one of outcomes) {
        const share = (weights[one] as number) / total
        const count = counts[one] as number
        likelihood += count === 0 ? 0 : count * ((logits[one] as number) - top - Math.log(total))
        for (const [at, of] of features[one] ?? []) {
          gradient[at] = (gradient[at] as number) + (count - games * share) * of
          mean.set(at, (mean.get(at) ?? 0) + share * of)
          for (const [to, other] of features[one] ?? []) add(curvature, at, to, games * share * of * other)
        }
      }
      for (const [at, of] of mean) for (const [to, other] of mean) add(curvature, at, to, -games * of * other)
    }
  return { likelihood, gradient, curvature }
}

function add(matrix: number[][], row: number, column: number, value: number): void {
  const cells = matrix[row] as number[]
  cells[column] = (cells[column] as number) + value
}

/** Gaussian elimination with the largest pivot. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i] as number])
  const size = rows.length
  for (let column = 0; column < size; column++) {
    let pivot = column
    for (let row = column + 1; row < size; row++)
      if (Math.abs(rows[row]?.[column] as number) > Math.abs(rows[pivot]?.[column] as number)) pivot = row
    const found = rows[pivot] as number[]
    rows[pivot] = rows[column] as number[]
    rows[column] = found
    for (const [i, row] of rows.entries()) {
      if (i === column) continue
      const times = (row[column] as number) / (found[column] as number)
      for (let at = column; at <= size; at++) row[at] = (row[at] as number) - times * (found[at] as number)
    }
  }
  return rows.map((row, i) => (row[size] as number) / (row[i] as number))
}
