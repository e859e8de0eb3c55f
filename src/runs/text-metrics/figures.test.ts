import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openSyntax } from '../../code/index.js'
import { benchmarks, codeBleu, corpusBleu } from '../../evaluate/index.js'
import type { Benchmark } from '../../kernel/index.js'
import { loadProblems } from '../problems.js'
import { gather } from '../reports/gather.js'
import { candidateRun, writeSamples } from './candidate-run.test-support.js'
import { textFigures } from './figures.js'

const concode = benchmarks.find(({ name }) => name === 'concode') as Benchmark
const references = [
  'int function ( int arg0 ) { int loc0 = arg0 + 1 ; return loc0 ; }',
  'void function ( ) { names . clear ( ) ; }',
]
const texts = ['int function ( int arg0 ) { return arg0 + 1 ; }', 'void function ( ) { names . clear ( ) ; }']

let folder: string
const before = process.env.CUPEL_DATA
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cupel-figures-'))
  process.env.CUPEL_DATA = folder
})
afterEach(() => {
  if (before === undefined) delete process.env.CUPEL_DATA
  else process.env.CUPEL_DATA = before
  rmSync(folder, { recursive: true, force: true })
})

const record = () =>
  candidateRun(
    folder,
    concode,
    references.map((code) => ({ nl: 'does it', code })),
    [
      ['concode/0', texts[0] as string, 'w'],
      ['concode/0', 'lost', 'i'],
      ['concode/1', texts[1] as string, 'p'],
    ],
  )

it('has BLEU and CodeBLEU of all judged candidates as one corpus, in the report too', async () => {
  const { out } = await record()
  const found = await textFigures(out, concode, await loadProblems(concode))
  const words = (all: readonly string[]) => all.map((text) => text.split(' '))
  expect(found).toEqual({
    java: {
      candidates: 2,
      bleu: corpusBleu(words(references), words(texts)),
      ...codeBleu(references, texts, { language: 'java', parse: await openSyntax('java') }),
      leftOut: 0,
    },
  })
  expect(found?.java?.bleu).toBeGreaterThan(40)
  expect((await gather(out, benchmarks)).texts).toEqual(found)
})

it('says how many candidates are not in the figures, and has none where no program is left', async () => {
  const { out, samples } = await record()
  writeSamples(samples, [['concode/1', texts[1] as string]])
  const problems = await loadProblems(concode)
  expect(await textFigures(out, concode, problems)).toMatchObject({ java: { candidates: 1, bleu: 100, leftOut: 2 } })
  rmSync(samples)
  expect(await textFigures(out, concode, problems)).toBeUndefined()
})

it('is of no benchmark whose programs are run, and of no answer that is no program', async () => {
  const { out } = await record()
  const problems = [...(await loadProblems(concode))]
  const changed = (change: object) =>
    new Map(problems.map(([id, judged]) => [id, { ...judged, suite: { ...judged.suite, ...change } }] as const))
  const none = changed({ comparison: { kind: 'text', finalStop: true } }) as Awaited<ReturnType<typeof loadProblems>>
  expect(await textFigures(out, concode, none)).toBeUndefined()
})
