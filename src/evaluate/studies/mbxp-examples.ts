/** MBXP's example completions in all its languages, judged by the tests published with them. */
import { z } from 'zod'
import { BadDataError, type JudgedProblem, type StudyRow, defineStudy, checkedRows } from '../../kernel/index.js'
import mbxp from '../benchmarks/mbxp.js'
import { mxevalProblem, mxevalRow } from '../mxeval-rows.js'
import { completed } from '../published-languages.js'

/** Language, its example file and its release, pass@1 as the README of mxeval prints it. */
const sets = [
  ['python', 'mbpp', 'mbpp_release_v1', 82.24],
  ['java', 'mbjp', 'mbjp_release_v1.2', 85.3],
  ['javascript', 'mbjsp', 'mbjsp_release_v1.2', 78.67],
  ['typescript', 'mbtsp', 'mbtsp_release_v1.2', 87.29],
  ['go', 'mbgp', 'mbgp_release_v1.1', 39.19],
  ['cpp', 'mbcpp', 'mbcpp_release_v1.2', 79.6],
  ['csharp', 'mbcsp', 'mbcsp_release_v1.2', 63.63],
  ['kotlin', 'mbkp', 'mbkp_release_v1.2', 63.77],
  ['php', 'mbphp', 'mbphp_release_v1.2', 72.77],
  ['perl', 'mbplp', 'mbplp_release_v1', 38.41],
  ['ruby', 'mbrbp', 'mbrbp_release_v1.2', 58.9],
  ['scala', 'mbscp', 'mbscp_release_v1', 42.96],
  ['swift', 'mbswp', 'mbswp_release_v1', 29.4],
] as const

const folder = 'amazon-science__mxeval/data/mbxp'
const samplesOf = (file: string) => ({ path: `${folder}/examples/${file}_samples.jsonl`, optional: true })
const releaseOf = (name: string) => ({ path: `${folder}/${name}.jsonl`, optional: true })
const sample = z.object({ task_id: z.string(), completion: z.string() })

export default defineStudy({
  name: 'mbxp-examples',
  summary: 'the example completions of MBXP, in each of its languages that can be judged here',
  source: {
    title: 'Multi-lingual Evaluation of Code Generation Models',
    year: 2023,
    link: 'https://arxiv.org/abs/2210.14868',
    system: 4,
  },
  data: sets.flatMap(([, file, release]) => [samplesOf(file), releaseOf(release)]),
  async run(ctx) {
    const rows: StudyRow[] = []
    for (const [done, [language, file, release, published]] of sets.entries()) {
      const paths = [samplesOf(file).path, releaseOf(release).path] as const
      if (paths.every((path) => ctx.has(path))) {
        const samples = checkedRows(await ctx.rows(paths[0]), sample, paths[0])
        const problems = checkedRows(await ctx.rows(paths[1]), mxevalRow, paths[1]).map(mxevalProblem)
        const row = await replayed(language, published, samples, problems)
        // Hours may pass before the last language is through.
        ctx.note(`mbxp-examples, ${language}: ${row.measured ?? 'nothing'} measured, ${published} published`)
        rows.push(row)
      } else ctx.note(`mbxp-examples, ${language}: its files are not there`)
      ctx.progress(done + 1, sets.length, language)
    }
    return rows

    async function replayed(
      language: string,
      published: number,
      samples: readonly z.output<typeof sample>[],
      problems: readonly JudgedProblem[],
    ): Promise<StudyRow> {
      const byId = new Map(problems.map((one) => [one.problem.id, one]))
      const items = samples.map(({ task_id: id, completion }) => {
        const problem = byId.get(id)
        if (!problem) throw new BadDataError(`mbxp-examples, ${language}: there is no problem ${id}`)
        return { problem, code: completed(problem.problem, completion) }
      })
      const verdicts = await ctx.judge.verdicts(items, mbxp.limits)
      ctx.count(items.length)
      const judged = verdicts.filter(({ kind }) => kind !== 'infrastructure')
      const passed = judged.filter(({ kind }) => kind === 'passed').length
      const lost = verdicts.length - judged.length
      return {
        study: 'mbxp-examples',
        figure: `${language} pass@1`,
        published,
        recorded: null,
        measured: judged.length === 0 ? null : Math.round((10000 * passed) / judged.length) / 100,
        differ: null,
        ...(lost > 0 ? { note: `${lost} of ${verdicts.length} programs could not be judged here` } : {}),
      }
    }
  },
})
