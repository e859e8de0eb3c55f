/** Replays a file of programs with recorded verdicts: what share passes here, and how many verdicts differ. */
import { z } from 'zod'
import { BadDataError, type DataFile, type Limits, type StudyContext, type StudyRow } from '../kernel/index.js'
import { humanEvalLimits, humanEvalProblem, humanEvalRow, standalone } from './humaneval-rows.js'

const row = z.preprocess(
  namedById,
  humanEvalRow.extend({
    is_solved: z.boolean(),
    solution: z.string().nullish(),
    source_codes: z.array(z.string().nullable()).nullish(),
  }),
)

/** MultiPL-E's rows, which Reflexion's and MapCoder's MBPP are, have a `name`. */
function namedById(each: unknown): unknown {
  return each !== null && typeof each === 'object' && 'name' in each ? { task_id: each.name, ...each } : each
}

export interface RecordedFile {
  readonly file: DataFile
  readonly figure: string
  readonly published: number | null
  /** Where its harness allowed more than the limits of HumanEval. */
  readonly limits?: Partial<Limits>
}

export async function replayRecorded(
  ctx: StudyContext,
  study: string,
  files: readonly RecordedFile[],
): Promise<StudyRow[]> {
  const rows: StudyRow[] = []
  for (const [i, { file, figure, published, limits = humanEvalLimits }] of files.entries()) {
    const recorded = (await ctx.rows(file.path)).map((each, line) => {
      const read = row.safeParse(each)
      if (!read.success) throw new BadDataError(`${file.path}, row ${line + 1}: ${read.error.issues[0]?.message}`)
      return read.data
    })
    const items = recorded.map((each) => {
      const code = each.solution ?? each.source_codes?.at(-1) ?? ''
      return { problem: humanEvalProblem(each), code: standalone(code) }
    })
    const verdicts = await ctx.judge.verdicts(items, limits)
    ctx.count(items.length)
    const lost = verdicts.filter((kind) => kind === 'infrastructure').length
    const judged = verdicts.length - lost
    const passed = verdicts.filter((kind) => kind === 'passed').length
    const differing = recorded.filter(
      (each, j) => verdicts[j] !== 'infrastructure' && (verdicts[j] === 'passed') !== each.is_solved,
    )
    for (const each of differing)
      ctx.note(
        `${study}, ${figure}: ${each.task_id} is recorded ${each.is_solved ? 'solved' : 'not solved'}, here ${verdicts[recorded.indexOf(each)]}`,
      )
    const share = (count: number, of: number) => (of === 0 ? null : Math.round((10000 * count) / of) / 100)
    rows.push({
      study,
      figure,
      published,
      recorded: share(recorded.filter((each) => each.is_solved).length, recorded.length),
      measured: share(passed, judged),
      differ: differing.length,
      ...(lost ? { note: `${lost} programs could not be run (infrastructure)` } : {}),
    })
    ctx.progress(i + 1, files.length, figure)
  }
  return rows
}
