import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { defineMethod, UsageError } from '../kernel/index.js'
import { methodOptions, optionsOf } from './method-options.js'

const method = defineMethod({
  name: 'sample',
  summary: 'for tests',
  options: z.object({
    n: z.int().positive().default(1).describe('how many'),
    warmth: z.number().min(0).max(2).default(0.8),
    loud: z.boolean().default(false),
    style: z.enum(['chat', 'completion']).default('chat'),
    stops: z.array(z.string()).default([]),
    limit: z.number().nullable().default(null),
    title: z.string().default(''),
  }),
  solve: async () => {},
})

describe('-o key=value', () => {
  it('is read by the type of the option', () => {
    const texts = ['n=3', 'warmth=1e-1', 'loud=true', 'style=completion', 'stops=a,b', 'limit=2', 'title=a=b,7']
    expect(methodOptions(method, texts)).toEqual({
      n: 3,
      warmth: 0.1,
      loud: true,
      style: 'completion',
      stops: ['a', 'b'],
      limit: 2,
      title: 'a=b,7',
    })
  })

  it('may be left out, be null, or be JSON where a list is wanted', () => {
    expect(methodOptions(method, [])).toMatchObject({ n: 1, style: 'chat', limit: null })
    expect(methodOptions(method, ['limit=null', 'stops=["a,b"]', 'title=12'])).toMatchObject({
      limit: null,
      stops: ['a,b'],
      title: '12',
    })
  })

  it.each([
    ['n', /not of the form key=value/],
    ['=3', /not of the form key=value/],
    ['nn=3', /no option «nn»: did you mean n/],
    ['constructor=3', /no option «constructor»/],
    ['n=0', /option n \(integer > 0\) of the method sample/],
    ['n=1.5', /option n /],
    ['n=', /option n /],
    ['warmth=3', /option warmth \(number ≥ 0 ≤ 2\)/],
    ['loud=yes', /option loud /],
    ['style=song', /option style \(chat \| completion\)/],
  ])('%s is refused', (text, message) => {
    expect(() => methodOptions(method, [text])).toThrow(UsageError)
    expect(() => methodOptions(method, [text])).toThrow(message)
  })
})

describe('optionsOf', () => {
  it('says type, default and description, in order', () => {
    const options = optionsOf(method)
    expect(options[0]).toEqual({ name: 'n', type: 'integer > 0', default: 1, description: 'how many' })
    expect(options.map(({ name }) => name)).toEqual(['n', 'warmth', 'loud', 'style', 'stops', 'limit', 'title'])
  })
})
