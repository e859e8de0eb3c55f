/**
 * Every language, every case of the table, in the sandbox. `npm test` takes the languages of `core.json`, which are small
 * to install; `npm run conformance` sets CUPEL_CONFORMANCE to take others.
 */
import { readFileSync, readdirSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findLanguage } from '../../language.js'
import { Sandbox } from '../../sandbox/sandbox.js'
import { languages } from '../index.js'
import { cases, parsePage, programOf, programsOf } from './cases.test-support.js'

const core: string[] = JSON.parse(readFileSync(new URL('core.json', import.meta.url), 'utf8'))
const wanted = (process.env.CUPEL_CONFORMANCE?.split(',') ?? core).map(findLanguage)

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
})

for (const language of wanted) {
  const programs = programsOf(language)
  const { version, install } = await native.status(language.name)
  if (version === null) console.log(`not tested: native ${language.name} is not here (${install})`)
  describe.skipIf(version === null)(`native ${language.name}`, () => conforms('native', native))
  if (language.wasm) describe(`wasm ${language.name}`, () => conforms('wasm', wasm))

  function conforms(level: 'native' | 'wasm', sandbox: Sandbox): void {
    for (const one of cases) {
      const entry = programs.get(`${one.name} (${level})`) ?? programs.get(one.name)
      if (entry && 'absent' in entry) {
        console.log(`not a case for ${level} ${language.name}: ${one.name}: ${entry.absent}`)
        continue
      }
      it(`${one.name}: ${one.task}`, async () => {
        expect(entry, `the page of ${language.name} has no program for ${one.name}`).toBeDefined()
        if (!entry) return
        const before = connections
        const done = await sandbox.run(programOf(language.name, entry.files, one, port), one.limits)
        expect(done, `${done.compile?.stderr ?? ''}${done.stderr}`).toMatchObject(one.expected)
        expect(done.isolation.level).toBe(level)
        expect(connections).toBe(before)
        if (one.name === 'refused') expect(done.stderr).not.toBe('')
        if (one.name === 'sum')
          await expectSameWithoutLastNewline(sandbox, programOf(language.name, entry.files, one, port))
      })
    }
  }
}

async function expectSameWithoutLastNewline(sandbox: Sandbox, program: Parameters<Sandbox['run']>[0]): Promise<void> {
  const done = await sandbox.run({ ...program, stdin: '20 22' })
  expect(done, done.stderr).toMatchObject({ outcome: 'ok', stdout: '42\n' })
}

it('every language has a page, and every page a language', () => {
  const folder = fileURLToPath(new URL('programs', import.meta.url))
  expect(readdirSync(folder).sort()).toEqual(languages.map(({ name }) => `${name}.md`).sort())
})

it.each(languages.map((language) => [language.name, language] as const))(
  '%s has every case, or a reason',
  (_, language) => {
    const programs = programsOf(language)
    for (const { name } of cases) {
      const entry = programs.get(name)
      expect(entry, name).toBeDefined()
      if (entry && 'absent' in entry) expect(entry.absent).toMatch(/\w+ \w+/)
    }
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
