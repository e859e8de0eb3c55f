/**
 * Plots as inline SVG: a curve with its interval, bars with whiskers, a histogram on a logarithmic scale. Each has a title
 * and a description for those who do not see it; colours come from the page, so that they fit light and dark.
 */
import type { CurvePoint } from './gathered.js'
import { markup, markupLine } from './markup.js'
import { number } from './text.js'

const width = 640
const left = 60
const right = 24
const top = 12

export interface Drawing {
  readonly id: string
  readonly title: string
  /** What a reader of the picture sees, in words. */
  readonly description: string
}

function svg({ id, title, description }: Drawing, height: number, content: string): string {
  return `<svg viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${id}-title ${id}-text"><title id="${id}-title">${markup(title)}</title><desc id="${id}-text">${markup(description)}</desc>${content}</svg>`
}

const round = (value: number) => Number(value.toFixed(1))

function line(x1: number, y1: number, x2: number, y2: number, name: string): string {
  return `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" class="${name}"/>`
}

function label(x: number, y: number, text: string, anchor: 'start' | 'middle' | 'end' = 'middle'): string {
  return `<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}">${markupLine(text, 60)}</text>`
}

/** pass@k against k; logarithmic in k where there are many samples. */
export function curvePlot(drawing: Drawing, points: readonly CurvePoint[]): string {
  const height = 300
  const bottom = height - 48
  const largest = points.at(-1)?.k ?? 1
  const logarithmic = largest > 12
  const scale = (k: number) =>
    logarithmic ? Math.log(k) / Math.log(largest) : largest === 1 ? 0.5 : (k - 1) / (largest - 1)
  const x = (k: number) => left + scale(k) * (width - left - right)
  const y = (share: number) => bottom - share * (bottom - top)
  const path = (values: readonly (readonly [number, number])[]) =>
    values.map(([a, b]) => `${round(x(a))},${round(y(b))}`).join(' ')
  const band = [
    ...points.map(({ k, high }) => [k, high] as const),
    ...points.map(({ k, low }) => [k, low] as const).reverse(),
  ]
  const even = [1, 2, 5].flatMap((digit) => [0, 1, 2, 3, 4].map((power) => digit * 10 ** power)).sort((a, b) => a - b)
  const ticks = logarithmic
    ? [...even.filter((k) => k < largest && x(largest) - x(k) > 30), largest]
    : points.map(({ k }) => k)
  return svg(
    drawing,
    height,
    [
      ...[0, 0.25, 0.5, 0.75, 1].flatMap((share) => [
        line(left, y(share), width - right, y(share), 'axis'),
        label(left - 8, y(share) + 4, `${100 * share} %`, 'end'),
      ]),
      ...ticks.map((k) => label(x(k), bottom + 18, String(k))),
      label((left + width - right) / 2, height - 6, `k, samples per problem${logarithmic ? ' (logarithmic)' : ''}`),
      `<polygon points="${path(band)}" class="band"/>`,
      `<polyline points="${path(points.map(({ k, value }) => [k, value]))}" class="curve"/>`,
      // A band of one point has no area.
      ...(points.length === 1 ? points.map(({ k, low, high }) => line(x(k), y(low), x(k), y(high), 'whisker')) : []),
      ...points.map(({ k, value }) => `<circle cx="${round(x(k))}" cy="${round(y(value))}" r="3" class="dot"/>`),
    ].join(''),
  )
}

export interface Bar {
  readonly label: string
  /** 0 to 1. */
  readonly share: number
  readonly interval?: { readonly low: number; readonly high: number }
  /** Stands behind the bar. */
  readonly text: string
  readonly kind?: 'passed' | 'failed' | 'cheated' | 'infrastructure'
}

/** One bar for each row; shares of 1. */
export function barPlot(drawing: Drawing, bars: readonly Bar[], axis: string): string {
  const [start, end, step] = [170, width - 150, 26]
  const height = top + bars.length * step + 44
  const bottom = top + bars.length * step
  const x = (share: number) => start + share * (end - start)
  return svg(
    drawing,
    height,
    [
      ...[0, 0.5, 1].flatMap((share) => [
        line(x(share), top, x(share), bottom, 'axis'),
        label(x(share), bottom + 16, `${100 * share} %`),
      ]),
      label((start + end) / 2, height - 6, axis),
      ...bars.flatMap(({ label: name, share, interval, text, kind }, i) => {
        const y = top + i * step
        const middle = y + step / 2
        const short = name.length > 22 ? `${name.slice(0, 21)}…` : name
        return [
          label(start - 8, middle + 4, short, 'end'),
          `<rect x="${start}" y="${round(y + 5)}" width="${round(share * (end - start))}" height="${step - 10}" class="bar${kind ? ` ${kind}` : ''}"/>`,
          ...(interval ? [line(x(interval.low), middle, x(interval.high), middle, 'whisker')] : []),
          label(end + 8, middle + 4, text, 'start'),
        ]
      }),
    ].join(''),
  )
}

export interface Bin {
  readonly from: number
  readonly to: number
  readonly count: number
}

/** Bins of equal ratio, from the smallest value to the largest; values of 0 have no place on such a scale. */
export function logarithmicBins(values: readonly number[], most = 30): Bin[] {
  const positive = values.filter((value) => value > 0)
  if (positive.length === 0) return []
  let [low, high] = [Number.POSITIVE_INFINITY, 0]
  for (const value of positive) {
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  const count = high === low ? 1 : Math.max(1, Math.min(most, Math.ceil(Math.sqrt(positive.length))))
  const ratio = Math.log(high / low) / count || 1
  const bins = Array.from({ length: count }, (_, i) => ({
    from: low * Math.exp(i * ratio),
    to: i === count - 1 ? high : low * Math.exp((i + 1) * ratio),
    count: 0,
  }))
  for (const value of positive) {
    const bin = bins[Math.min(count - 1, Math.floor(Math.log(value / low) / ratio))] as { count: number }
    bin.count++
  }
  return bins
}

export function histogramPlot(
  drawing: Drawing,
  bins: readonly Bin[],
  axis: string,
  unit: (value: number) => string,
): string {
  const height = 260
  const bottom = height - 48
  const largest = Math.max(1, ...bins.map(({ count }) => count))
  const each = (width - left - right) / bins.length
  const y = (count: number) => bottom - (count / largest) * (bottom - top)
  const marks = [...new Set([0, Math.floor(bins.length / 3), Math.floor((2 * bins.length) / 3)])]
  return svg(
    drawing,
    height,
    [
      ...[...new Set([0, Math.round(largest / 2), largest])].flatMap((count) => [
        line(left, y(count), width - right, y(count), 'axis'),
        label(left - 8, y(count) + 4, number(count), 'end'),
      ]),
      ...bins.map(
        ({ count }, i) =>
          `<rect x="${round(left + i * each)}" y="${round(y(count))}" width="${round(Math.max(1, each - 1))}" height="${round(bottom - y(count))}" class="bar"/>`,
      ),
      ...marks.map((i) => label(left + i * each, bottom + 18, unit(bins[i]?.from ?? 0), i === 0 ? 'start' : 'middle')),
      label(width - right, bottom + 18, unit(bins.at(-1)?.to ?? 0), 'end'),
      label((left + width - right) / 2, height - 6, axis),
    ].join(''),
  )
}
