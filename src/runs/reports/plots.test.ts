import { describe, expect, it } from 'vitest'
import { barPlot, curvePlot, histogramPlot, logarithmicBins } from './plots.js'
import { elementsNamed, parseXml, textOf } from './xml.test-support.js'

const drawing = { id: 'x', title: 'T', description: 'D' }
const numbersIn = (svg: string) =>
  [...svg.matchAll(/ (?:x|y|x1|x2|y1|y2|cx|cy|width|height|points)="([^"]+)"/g)].map(([, v]) => v)

describe('logarithmicBins', () => {
  it('holds every positive value once, whatever their range', () => {
    for (const values of [[5], [5, 5, 5], [0.001, 1e12], Array.from({ length: 1000 }, (_, i) => 1.01 ** i)]) {
      const bins = logarithmicBins(values)
      expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(values.length)
      expect([bins[0]?.from, bins.at(-1)?.to]).toEqual([Math.min(...values), Math.max(...values)])
    }
  })

  it('has no place for 0', () => {
    expect(logarithmicBins([0, 0])).toEqual([])
    expect(logarithmicBins([0, 7]).map(({ count }) => count)).toEqual([1])
  })
})

describe('plots', () => {
  it.each([
    ['one point', [1]],
    ['few', [1, 2, 3]],
    ['many', [1, 2, 5, 10, 50, 100]],
  ])('a curve of %s has a dot for each, inside the picture', (_, ks) => {
    const points = ks.map((k, i) => ({ k, value: i / 10, low: 0, high: 1, problems: 3 }))
    const svg = parseXml(curvePlot(drawing, points))
    const dots = elementsNamed(svg, 'circle').map(({ attributes }) => [Number(attributes.cx), Number(attributes.cy)])
    expect(dots).toHaveLength(ks.length)
    for (const [x = -1, y = -1] of dots) expect(x >= 60 && x <= 616 && y >= 12 && y <= 252).toBe(true)
    expect(elementsNamed(svg, 'text').map(textOf).join(' ')).toContain('samples per problem')
  })

  it('no coordinate is not a number', () => {
    const bar = { label: 'a', share: 0, text: '' }
    for (const svg of [
      curvePlot(drawing, [{ k: 1, value: 0, low: 0, high: 0, problems: 1 }]),
      barPlot(drawing, [bar], 'share'),
      histogramPlot(drawing, logarithmicBins([3, 3]), 'ms', String),
    ])
      expect(numbersIn(svg).filter((value) => /NaN|Infinity|-\d/.test(value ?? ''))).toEqual([])
  })
})
