import { describe, expect, it } from 'vitest'
import concode from '../evaluate/benchmarks/concode.js'
import { openSyntax } from '../code/index.js'
import { canonicalMethod, codeBleu, corpusBleu, readContext, writeContext } from '../evaluate/index.js'
import { Judge, type Sandbox } from '../execute/index.js'
import { type JudgedProblem, checkedRows } from '../kernel/index.js'
import { findData, readData, readDataText } from './data.js'

const folder = 'microsoft__CodeXGLUE'
const answers = { path: `${folder}/Text-Code/text-to-code/evaluator/answers.json` }
const predictions = { path: `${folder}/Text-Code/text-to-code/evaluator/predictions.txt` }
const translated = { path: `${folder}/Code-Code/code-to-code-trans/evaluator/predictions.txt` }
const references = { path: `${folder}/Code-Code/code-to-code-trans/evaluator/references.txt` }
const missing = [answers, predictions, translated, references].find((file) => !findData(file))
if (missing) console.log(`the evaluators of CodeXGLUE are not compared: ${missing.path} is not below CUPEL_DATA`)

const words = (line: string) => line.trim().split(/\s+/)
const linesOf = async (file: { path: string }) => (await readDataText(file)).trimEnd().split('\n').map(words)
const equal = (a: string[][], b: string[][]) => a.filter((one, i) => one.join(' ') === b[i]?.join(' ')).length

describe("the examples of CodeXGLUE's evaluators", () => {
  it.skipIf(missing)('text to code has BLEU 16.68 and 17 of 100 exact', async () => {
    const rows = (await readData(answers)) as { code: string }[]
    const wanted = rows.map(({ code }) => words(code))
    const given = await linesOf(predictions)
    expect(corpusBleu(wanted, given)).toBeCloseTo(16.684894, 5)
    expect(equal(wanted, given)).toBe(17)
  })

  // Its evaluator depends on the seed of Python's hashes (21.256 or 21.301): this is what it prints if merged names keep their order.
  it.skipIf(missing)(
    'text to code has CodeBLEU 21.2562, as the published evaluator prints for the same trees',
    async () => {
      const rows = (await readData(answers)) as { code: string }[]
      const given = (await readDataText(predictions)).trimEnd().split('\n')
      const parse = await openSyntax('java')
      const found = codeBleu(
        rows.map(({ code }) => code),
        given,
        { language: 'java', parse },
      )
      for (const [name, value] of Object.entries({
        codeBleu: 21.256199,
        ngrams: 16.670447,
        weightedNgrams: 23.105471,
        syntax: 24.671259,
        dataFlow: 20.577618,
      }))
        expect(found[name as keyof typeof found], name).toBeCloseTo(value, 5)
    },
  )

  it.skipIf(missing)('code to code has BLEU 61.08 and 5 of 10 exact', async () => {
    const [wanted, given] = [await linesOf(references), await linesOf(translated)]
    expect(corpusBleu(wanted, given)).toBeCloseTo(61.08, 2)
    expect(equal(wanted, given)).toBe(5)
  })
})

const published = { path: `${folder}/Text-Code/text-to-code/dataset/concode/dev.json` }
const without = findData(published) ? undefined : published
if (without) console.log(`CONCODE's own rows are not read: ${without.path} is not below CUPEL_DATA`)
/** A variable is numbered in another order than that of its declaration, or the method is no Java. */
const otherwise = [80, 206, 643, 1469]

describe("CONCODE's rows", () => {
  it.skipIf(without)('[system 149.a] are read, and their classes are written to the same line again', async () => {
    const rows = (await readData(published)) as { nl: string }[]
    const problems = [...concode.problems([checkedRows(rows, concode.row, 'rows')])]
    expect(problems).toHaveLength(2000)
    expect(rows.filter(({ nl }) => writeContext(readContext(nl)) !== nl)).toEqual([])
    const fields = problems.map(({ problem }) => (problem.metadata.fields as string[]).length)
    expect([fields.filter((count) => count === 0).length, Math.max(...fields) > 20]).toEqual([240, true])
  })

  it.skipIf(without)(
    '[system 149.c] are what their methods are turned into from other names, spaces, texts and modifiers',
    async () => {
      const rows = (await readData(published)) as { code: string }[]
      const parse = await openSyntax('java')
      const differing = rows.flatMap(({ code }, i) => {
        const raw = `/** Does it. */\n@Deprecated public static <Q> ${code}`
          .replace(/\barg(\d+)\b/g, 'given$1x')
          .replace(/\bloc(\d+)\b/g, 'value$1y')
          .replace(' function (', ' compute (')
          .replaceAll('"srini_string"', '"other \\" text"')
          .replace(/ ?([;,.()[\]]) ?/g, '$1')
          .replace('){', ') { ')
          .replace(') {', ') throws Exception { // first\n')
        try {
          return canonicalMethod(raw, parse) === code ? [] : [i]
        } catch {
          return [i]
        }
      })
      expect(differing).toEqual(otherwise)
    },
  )
})

describe('CONCODE', () => {
  const nl =
    'resets the total concode_field_sep int _total concode_elem_sep Map _map concode_field_sep void clear concode_elem_sep int size'
  const rows = [
    { nl, code: 'void function ( ) { _total = 0 ; }' },
    { nl: 'nothing concode_field_sep PlaceHolder placeHolder concode_field_sep void f', code: 'void function ( ) { }' },
  ]
  const [problem, bare] = [...concode.problems([checkedRows(rows, concode.row, 'rows')])] as JudgedProblem[]
  // Nothing is run.
  const judge = new Judge(undefined as unknown as Sandbox)

  it('shows fields and methods of the class apart', () => {
    expect(problem?.problem.metadata).toEqual({
      description: 'resets the total',
      fields: ['int _total', 'Map _map'],
      methods: ['void clear', 'int size'],
    })
    expect(bare?.problem.metadata).toMatchObject({ fields: [], methods: ['void f'] })
    expect(problem?.problem.prompt).not.toContain('_total = 0')
  })

  it('[system 149.e] gives a model that uses the names of the class a better score than one that does not', async () => {
    const names = ['names', 'rows', 'open']
    const asked = [
      ...concode.problems([
        checkedRows(
          names.map((name) => ({
            nl: `empties all concode_field_sep int size concode_elem_sep Map ${name} concode_field_sep void add`,
            code: `void function ( ) { ${name} . clear ( ) ; size = 0 ; }`,
          })),
          concode.row,
          'rows',
        ),
      ]),
    ]
    const score = async (model: (prompt: string) => string) => {
      const texts = asked.map(({ problem }) => model(problem.prompt))
      const kinds = await Promise.all(asked.map((each, i) => judge.judge(each, { code: texts[i] as string })))
      const wanted = asked.map(({ reference }) => words(reference as string))
      return [kinds.filter(({ kind }) => kind === 'passed').length, corpusBleu(wanted, texts.map(words))] as const
    }
    const free = await score(() => 'void function ( ) { data . clear ( ) ; size = 0 ; }')
    const using = await score((prompt) => {
      const field = /^Fields of the class: .*\bMap (\w+)/m.exec(prompt)?.[1]
      return `void function ( ) { ${field} . clear ( ) ; size = 0 ; }`
    })
    expect([free[0], using]).toEqual([0, [3, expect.closeTo(100, 9)]])
    expect(free[1]).toBeLessThan(90)
  })

  it('takes the same words for the same, whatever stands between them', async () => {
    const kind = async (code: string) => (await judge.judge(problem as JudgedProblem, { code })).kind
    expect(await kind('void function ( )\n{ _total = 0 ;\t}')).toBe('passed')
    expect(await kind('void function() { _total = 0; }')).toBe('wrong')
    expect(await kind('void function ( ) { _total = 1 ; }')).toBe('wrong')
  })
})
