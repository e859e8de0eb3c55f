/** can-ai-code: the answers of hundreds of models to its interviews, each check on each of them made again. */
import { type StudyRow, checkedRows, defineStudy, inLanes } from '../../kernel/index.js'
import benchmark from '../benchmarks/can-ai-code.js'
import { type InterviewRow, asked, interviewRow } from '../can-ai-code-rows.js'
import { Interviews, type Judged, Question, recordedRow } from '../recorded-interviews.js'
import { share } from '../share.js'

const name = 'can-ai-code'
const results = { path: 'the-crypt-keeper__can-ai-code/results/**/*.ndjson' }
const interviews = ['junior-v2', 'senior'] as const

/** Their programs are with the judge together; each file is read when its turn comes. */
const filesAtOnce = 4

/** Points recorded and measured, of checks that could be made. */
interface Sum {
  recorded: number
  measured: number
  most: number
  differ: number
  lost: number
  rows: number
}

export default defineStudy({
  name,
  summary: 'what hundreds of models answered to interview questions in Python and JavaScript: 67,000 checks made again',
  source: benchmark.source as NonNullable<typeof benchmark.source>,
  data: [...benchmark.data, results],
  async run(ctx) {
    const questions = new Map<string, Question>()
    const figureOf = new Map<string, string>()
    for (const [i, { path }] of benchmark.data.entries())
      for (const row of checkedRows<InterviewRow>(await ctx.rows(path), interviewRow, path)) {
        const id = `${row.name}/${row.language}`
        questions.set(
          id,
          new Question(
            row,
            row.checks.map((check) => asked(check, `${path}, ${id}`)),
          ),
        )
        figureOf.set(id, `${interviews[i]}, ${row.language}`)
      }
    const sums = new Map<string, Sum>()
    const add = ({ id, name, recorded: before, points, differ }: Judged, path: string) => {
      const figure = figureOf.get(id) as string
      const sum = sums.get(figure) ?? { recorded: 0, measured: 0, most: 0, differ: 0, lost: 0, rows: 0 }
      sums.set(figure, sum)
      sum.rows++
      for (const [number, check] of (questions.get(id) as Question).checks.entries()) {
        const value = points[number] ?? null
        if (value === null) {
          sum.lost++
          continue
        }
        sum.recorded += before[number] ?? 0
        sum.measured += value
        sum.most += check.kind === 'call' ? check.call.weight : 1
      }
      sum.differ += differ.length
      for (const { check, recorded, reason } of differ)
        ctx.differs({
          figure,
          id: `${path.split('/').slice(-2).join('/')} ${name}, check ${check + 1}`,
          recorded: `${recorded}`,
          here: `${points[check]}`,
          reason,
        })
    }
    const judge = new Interviews(ctx, questions)
    const files = ctx.files(results.path)
    let done = 0
    const judged = await inLanes(files, filesAtOnce, async (path) => {
      const rows = checkedRows(await ctx.rows(path), recordedRow, path)
      const unknown = rows.filter((row) => !questions.has(`${row.name}/${row.language}`)).length
      if (unknown > 0) ctx.note(`${name}: ${unknown} answers to questions that are not known in ${path}`)
      const answers = await judge.judge(rows)
      ctx.progress(++done, files.length, path)
      return answers
    })
    for (const [i, answers] of judged.entries()) for (const one of answers) add(one, files[i] as string)
    return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([figure, sum]): StudyRow => rowOf(figure, sum))
  },
})

function rowOf(figure: string, { recorded, measured, most, differ, lost, rows }: Sum): StudyRow {
  const note = [
    `points of ${rows} programs`,
    ...(lost > 0 ? [`${lost} checks could not be made (infrastructure)`] : []),
  ]
  return {
    study: name,
    figure,
    published: null,
    recorded: share(recorded, most),
    measured: share(measured, most),
    differ,
    note: note.join('; '),
  }
}
