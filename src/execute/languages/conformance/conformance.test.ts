/**
 * Every language, every case of the table, in the sandbox. `npm test` takes the languages of `core.json`, which are small
 * to install; `npm run conformance` sets CUPEL_CONFORMANCE to take others, and CUPEL_CONFORMANCE_REPORT for a record.
 */
import { readdirSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { findLanguage } from '../../language.js'
import { Sandbox } from '../../sandbox/sandbox.js'
import { languages } from '../index.js'
import { type Entry, cases, coreLanguages, parsePage, programOf, programsOf } from './cases.test-support.js'

// A compiler on a machine that has other things to do.
vi.setConfig({ testTimeout: 180_000 })

interface Row {
  readonly language: string
  readonly isolation: 'native' | 'wasm'
  readonly version: string
  /** A case that is not there has no program, and `absent` says why. */
  readonly cases: Record<string, 'pass' | 'fail'>
  readonly absent: Record<string, string>
}

const wanted = (process.env.CUPEL_CONFORMANCE?.split(',') ?? coreLanguages).map(findLanguage)
const rows: Row[] = []

let connections = 0
const server = createServer((socket) => {
  connections++
  socket.destroy()
})
let port: number
const native = await Sandbox.open({ isolation: 'native' })
const wasm = await Sandbox.open({ isolation: 'wasm' })

beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  port = (server.address() as AddressInfo).port
})
afterAll(async () => {
  await native.close()
  await wasm.close()
  server.close()
  const report = process.env.CUPEL_CONFORMANCE_REPORT
  if (report) writeFileSync(report, JSON.stringify(rows))
})

for (const language of wanted) {
  const programs = programsOf(language)
  const { version, install } = await native.status(language.name)
  if (version === null) console.log(`not tested: native ${language.name} is not here (${install})`)
  else describe(`native ${language.name}`, () => conforms('native', native, version))
  const inWasm = language.wasm ? (await wasm.status(language.name)).version : null
  if (inWasm !== null) describe(`wasm ${language.name}`, () => conforms('wasm', wasm, inWasm))

  function conforms(isolation: 'native' | 'wasm', sandbox: Sandbox, version: string): void {
    const row: Row = { language: language.name, isolation, version, cases: {}, absent: {} }
    rows.push(row)
    for (const one of cases) {
      const entry = programs.get(`${one.name} (${isolation})`) ?? programs.get(one.name)
      if (entry && 'absent' in entry) {
        row.absent[one.name] = entry.absent
        console.log(`not a case for ${isolation} ${language.name}: ${one.name}: ${entry.absent}`)
        continue
      }
      it.concurrent(`${one.name}: ${one.task}`, async ({ expect }) => {
        row.cases[one.name] = 'fail'
        const { files } = entry as Entry & { files: Record<string, string> }
        const program = programOf(language.name, files, one, port)
        const done = await sandbox.run(program, one.limits)
        expect(done, `${done.compile?.stderr ?? ''}${done.stderr}`).toMatchObject(one.expected)
        expect(done.isolation.level).toBe(isolation)
        expect(connections).toBe(0)
        if (one.name === 'refused') expect(done.stderr).not.toBe('')
        // Many tests end their input without a line end.
        if (one.name === 'sum')
          expect(await sandbox.run({ ...program, stdin: '20 22' })).toMatchObject({ outcome: 'ok', stdout: '42\n' })
        row.cases[one.name] = 'pass'
      })
    }
  }
}

it('every language has a page, and every page a language', () => {
  const folder = fileURLToPath(new URL('programs', import.meta.url))
  expect(readdirSync(folder).sort()).toEqual(languages.map(({ name }) => `${name}.md`).sort())
})

it.each(languages.map((language) => [language.name, language] as const))(
  '%s has all cases, or reasons',
  (_, language) => {
    const programs = programsOf(language)
    for (const { name } of cases) {
      const entry = programs.get(name)
      expect(entry, name).toBeDefined()
      if (entry && 'absent' in entry) expect(entry.absent).toMatch(/^\w+.* .*\.$/)
    }
    const known = cases.flatMap(({ name }) => [name, `${name} (wasm)`])
    for (const name of programs.keys()) expect(known).toContain(name)
  },
)

it('reads sources, names and reasons from a page', () => {
  const page =
    '# X\n\n## hello\n\n```x\none\n```\n\n## modules\n\n`a.x`\n\n```x\n1\n```\n\n`b/b.x`\n\n```x\n2\n```\n\n## network\n\nIt has no\nsockets.\n'
  expect([...parsePage(page, 'main.x')]).toEqual([
    ['hello', { files: { 'main.x': 'one\n' } }],
    ['modules', { files: { 'a.x': '1\n', 'b/b.x': '2\n' } }],
    ['network', { absent: 'It has no sockets.' }],
  ])
})
