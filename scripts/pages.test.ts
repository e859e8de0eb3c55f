import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { cataloguePage, conformanceTable, systemsPage } from './pages.mjs'

const method = {
  name: 'codet',
  summary: 'Trusts programs that agree | with each other.',
  source: { title: 'CodeT', year: 2022, link: 'https://example.org/codet', system: 90 },
  acceptance: { d: 'ranks groups by agreement' },
  options: z.object({
    samples: z.int().positive().default(100).describe('programs to sample'),
    temperature: z.number().min(0).max(2).default(0.8),
    score: z.enum(['sqrt', 'product']).default('sqrt').describe('the formula'),
    model: z.string(),
    stop: z.array(z.string()).optional(),
  }),
}

describe('cataloguePage', () => {
  const page = cataloguePage('Methods', 'src/generate/methods', [
    { ...method, name: 'zero', options: undefined },
    method,
  ])

  it('lists definitions by name, with bars escaped', () => {
    expect(page).toContain('2 definitions')
    expect(page.indexOf('## codet')).toBeLessThan(page.indexOf('## zero'))
    expect(page).toContain('| [codet](#codet) | Trusts programs that agree \\| with each other. |')
  })

  it('gives the source and the acceptance points', () => {
    expect(page).toContain('Source: [CodeT](https://example.org/codet) (2022), system 90.')
    expect(page).toContain('- `90.d`: ranks groups by agreement')
  })

  it.each([
    '| `samples` | integer > 0 | `100` | programs to sample |',
    '| `temperature` | number from 0 to 2 | `0.8` |  |',
    '| `score` | `"sqrt"` or `"product"` | `"sqrt"` | the formula |',
    '| `model` | string | required |  |',
    '| `stop` | list of string |  |  |',
  ])('has the option row %s', (row) => {
    expect(page).toContain(row)
  })

  it('tells what a language and a provider need', () => {
    const compile = ['sh', '-c', 'check "$1" &&\n  pack', 'check', '{file}']
    const native = { probe: ['ruby', '-v'], install: { apt: 'ruby' }, compile, run: ['ruby', '{file}'] }
    const ruby = { name: 'ruby', summary: 'Ruby.', extensions: ['rb'], file: 'main.rb', native }
    expect(cataloguePage('Languages', 'x', [ruby], 'a table')).toContain(
      'a table\n\n## ruby\n\nRuby.\n\n- Extensions: .rb\n- Debian packages: `ruby`\n- Compiled: `check "$1" && pack` with `{file}`\n- Started: `ruby {file}`',
    )
    const openai = { name: 'openai', summary: 'OpenAI.', separator: '/', needs: ['OPENAI_API_KEY'] }
    expect(cataloguePage('Providers', 'x', [openai])).toContain('- Written as: `openai/…`\n- Needs: OPENAI_API_KEY')
  })
})

it('systemsPage has a row per system', () => {
  const page = systemsPage([{ id: 90, title: 'CodeT', status: 'done', where: ['src/a.ts', 'src/b.ts'] }])
  expect(page).toContain('| 90 | CodeT | done | src/a.ts, src/b.ts |')
})

describe('conformanceTable', () => {
  const machine = { cupel: '1.2.3', system: 'Debian', node: '20', processors: 2, user: 'root' }
  const row = { isolation: 'native', version: 'v1 | x', date: '2026-01-02' }
  const page = conformanceTable({
    machine,
    results: [
      { ...row, language: 'awk', cases: { sum: 'fail', hello: 'pass' }, absent: { network: 'It has none.' } },
      { ...row, language: 'c', date: '2026-01-01', cases: { hello: 'pass', sum: 'pass', network: 'pass' }, absent: {} },
    ],
  })

  it('has a mark for each case, in the order of a language that has all', () => {
    expect(page).toContain('| language | isolation | version | hello | sum | network |')
    expect(page).toContain('| awk | native | v1 \\| x | ✓ | ✗ | – |')
    expect(page).toContain('| c | native | v1 \\| x | ✓ | ✓ | ✓ |')
  })

  it('counts, dates, and says why a case is not there', () => {
    expect(page).toContain('4 of 5 cases passed')
    expect(page).toContain('from 2026-01-01 to 2026-01-02')
    expect(page).toContain('- awk (native), network: It has none.')
  })
})
