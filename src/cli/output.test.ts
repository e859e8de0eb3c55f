import { describe, expect, it } from 'vitest'
import { bar, counted, percent, seconds, table, visible } from './output.js'

describe('output', () => {
  it('lines up columns, numbers to the right, nothing after the last', () => {
    const text = table(
      ['name', { head: 'n', align: 'right' }],
      [
        ['a', '1'],
        ['longer', '100'],
      ],
    )
    expect(text.replace(/\x1b\[\d+m/g, '')).toBe('name      n\na         1\nlonger  100')
  })

  it('shows an empty table as its head', () => {
    expect(table(['name'], []).replace(/\x1b\[\d+m/g, '')).toBe('name')
  })

  it('takes from foreign text what would move the cursor', () => {
    expect(visible('a\x1b[2Jb\r\u009bc\td\ne\0')).toBe('a\uFFFD[2Jb\uFFFD\uFFFDc\td\ne\uFFFD')
    expect(visible('«häßlich» 日本')).toBe('«häßlich» 日本')
  })

  it('draws shares in half steps, and never outside its width', () => {
    expect([bar(0, 4), bar(0.125, 4), bar(0.5, 4), bar(1, 4), bar(7, 4), bar(-1, 4)]).toEqual([
      '',
      '▌',
      '██',
      '████',
      '████',
      '',
    ])
  })

  it('says numbers as people do', () => {
    expect([percent(0.7378), counted(1, 'problem'), counted(0, 'problem')]).toEqual([
      '73.8 %',
      '1 problem',
      '0 problems',
    ])
    expect([seconds(2.13), seconds(125)]).toEqual(['2.1 s', '2 min 5 s'])
  })
})
