import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { BadDataError } from '../kernel/index.js'
import { type Catalogue, loadSystems, readAcceptance, systemRows } from './systems.js'

const folder = mkdtempSync(join(tmpdir(), 'cupel-systems-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const source = { system: 90, title: 'CodeT', year: 2022 }
const methods: Catalogue = {
  folder: 'src/generate/methods',
  definitions: [
    { name: 'codet', source, acceptance: { a: 'first', b: 'second' } },
    { name: 'direct', source: { title: 'no system', year: 2021 } },
  ],
}
const studies: Catalogue = { folder: 'src/evaluate/studies', definitions: [{ name: 'codet-humaneval', source }] }
const row = (rows: ReturnType<typeof systemRows>, id: number) => rows.find((each) => each.id === id)

describe('the systems', () => {
  it('are 182, each with its own id and slug', () => {
    const systems = loadSystems()
    expect(systems).toHaveLength(182)
    expect(new Set(systems.map(({ id }) => id)).size).toBe(182)
    expect(new Set(systems.map(({ slug }) => slug)).size).toBe(182)
  })

  it('are missing until a definition names them', () => {
    const rows = systemRows([methods], {})
    expect(row(rows, 1)).toMatchObject({ status: 'missing', where: [] })
    expect(rows.filter(({ status }) => status !== 'missing').map(({ id }) => id)).toEqual([90])
  })

  it('are partial while one acceptance point has no passing test', () => {
    const proof = { '90.a': { status: 'passed' }, '90.b': { status: 'skipped' }, '9.b': { status: 'passed' } }
    expect(row(systemRows([methods], proof), 90)?.status).toBe('partial')
    expect(row(systemRows([methods], {}), 90)?.status).toBe('partial')
  })

  it('work when every point has one, and say in which files they are', () => {
    const proof = { '90.a': { status: 'passed' }, '90.b': { status: 'passed' } }
    expect(row(systemRows([methods, studies], proof), 90)).toEqual({
      id: 90,
      slug: 'codet',
      title: expect.stringContaining('CodeT'),
      status: 'working',
      where: ['src/evaluate/studies/codet-humaneval.ts', 'src/generate/methods/codet.ts'],
    })
  })

  it('do not work without acceptance points, whatever the record says', () => {
    expect(row(systemRows([studies], { '90.a': { status: 'passed' } }), 90)?.status).toBe('partial')
  })

  it('must be known to be named', () => {
    const stranger = { folder: 'src/x', definitions: [{ name: 'y', source: { ...source, system: 999 } }] }
    expect(() => systemRows([stranger], {})).toThrow(/src\/x\/y\.ts names system 999/)
  })
})

describe('the record of acceptance points', () => {
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text)
    return pathToFileURL(join(folder, name))
  }
  const absent = pathToFileURL(join(folder, 'absent.json'))
  const good = file('good.json', '{"90.d": {"status": "passed", "tests": ["x"]}}')

  it('is the first that is there and whole', () => {
    expect(readAcceptance([absent, good])['90.d']?.status).toBe('passed')
    expect(readAcceptance([file('torn.json', '{"90.d"'), good])['90.d']?.status).toBe('passed')
    expect(readAcceptance([absent])).toEqual({})
  })

  it('is refused when the last one is something else', () => {
    expect(() => readAcceptance([absent, file('list.json', '[1]')])).toThrow(BadDataError)
  })
})
