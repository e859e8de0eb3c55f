/**
 * ReCode: HumanEval's prompts with changed names, docstrings, formats or code, which should change no answer; beside them the
 * prompts before the change, which the robust metrics compare with. Changes of format and code are made to prompts that go on
 * into the solution, up to a line that the rows mark.
 *
 * Not covered: more than one seed. The published files have seed 0 of each change, so s is 1 for a single change; a comparison
 * takes the worst over all changes of its kind. The paper's figures are of five seeds.
 */
import { z } from 'zod'
import { type JudgedProblem, defineBenchmark } from '../../kernel/index.js'
import humaneval from './humaneval.js'
import { humanEvalLimits, humanEvalProblem, humanEvalRow, standalone } from '../humaneval-rows.js'

const perturbations: Readonly<Record<string, readonly string[]>> = {
  format: ['doc2comments', 'new_line_aftercode', 'new_line_afterdoc', 'new_lines', 'split_lines', 'tab_indent'],
  func_name: ['ButterFinger', 'CamelCase', 'ChangeChar', 'InflectionalVariation', 'SwapChar', 'SynonymSub'].map(
    (name) => `FuncRename${name}`,
  ),
  natgen: [
    ...['DeadCodeInserterLast', 'DeadCodeInserter', 'ForWhileTransformer', 'OperandSwap'],
    ...['VarRenamerCB', 'VarRenamerNaive', 'VarRenamerRN'],
  ],
  nlaugmenter: [
    ...['BackTranslation', 'ButterFingersPerturbation', 'ChangeCharCase', 'EnglishInflectionalVariation'],
    ...['SwapCharactersPerturbation', 'SynonymInsertion', 'SynonymSubstitution', 'TenseTransformationFuture'],
    ...['TenseTransformationPast', 'WhitespacePerturbation'],
  ],
}
const names = Object.entries(perturbations).flatMap(([kind, all]) => all.map((name) => ({ kind, name })))
const folder = 'amazon-science__recode/dataset-release/perturbed_finalized/humaneval/full'

/** The whole program before the change, with the line at which the prompt ends. */
const row = humanEvalRow.extend({ partial: z.string().nullish() })
const mark = /^[ \t]*# print\('@@this is the line to split##'\)[ \t]*\n/m

export default defineBenchmark({
  name: 'recode',
  summary:
    'HumanEval under 29 perturbations of names, docstrings, format and code (seed 0 of each), and as it was before',
  source: {
    title: 'ReCode: Robustness Evaluation of Code Generation Models',
    year: 2022,
    link: 'https://arxiv.org/abs/2212.10264',
  },
  licence: 'Apache-2.0',
  data: [
    ...names.map(({ kind, name }) => ({ path: `${folder}/${kind}/humaneval_${name}_s0.jsonl`, optional: true })),
    ...humaneval.data.map((file) => ({ ...file, optional: true })),
  ],
  row,
  *problems(files) {
    const before = new Map<string, JudgedProblem>()
    for (const [i, rows] of files.entries()) {
      const name = names[i]?.name
      for (const each of rows) {
        if (name !== undefined) yield perturbed(name, each)
        const begun = name === undefined ? unchanged(each) : halfDone(each)
        if (begun && !before.has(begun.problem.id)) before.set(begun.problem.id, begun)
      }
    }
    yield* before.values()
  },
  versionOf({ metadata: { of, tags, compared } }) {
    if (typeof of !== 'string' || !Array.isArray(tags)) return null
    if (Array.isArray(compared)) return { original: of, comparisons: compared, changed: false }
    return { original: of, comparisons: [String(tags[0]), 'all changes'], changed: true }
  },
  complete: (problem, completion) => problem.prompt + completion,
  standalone,
  k: [1, 10, 100],
  limits: humanEvalLimits,
  contamination: 'made of HumanEval, which is in public training sets.',
})

/**
 * One problem for each perturbation: `tab_indent/HumanEval/3`. The published solutions are those of the prompts before
 * the change (other names, other indentation), so there is no reference.
 */
function perturbed(name: string, { canonical_solution: _, partial: __, ...each }: z.output<typeof row>): JudgedProblem {
  const { problem, suite } = humanEvalProblem({ ...each, task_id: `${name}/${each.task_id}` })
  const kind = names.find((one) => one.name === name)?.kind ?? ''
  return { problem: { ...problem, metadata: { ...problem.metadata, of: each.task_id, tags: [kind, name] } }, suite }
}

/** `unchanged/HumanEval/3`: what changes of names and docstrings are compared with. */
function unchanged(row: z.output<typeof humanEvalRow>): JudgedProblem {
  return compared(humanEvalProblem({ ...row, task_id: `unchanged/${row.task_id}` }), row.task_id, [
    'func_name',
    'nlaugmenter',
  ])
}

/** `begun/HumanEval/3`: the prompt with the first half of the solution, where the row has it. */
function halfDone({ partial, ...each }: z.output<typeof row>): JudgedProblem | null {
  const found = partial ? mark.exec(partial) : null
  if (!partial || !found) return null
  const prompt = partial.slice(0, found.index)
  const rest = partial.slice(found.index + found[0].length)
  const begun = humanEvalProblem({ ...each, task_id: `begun/${each.task_id}`, prompt, canonical_solution: rest })
  return compared(begun, each.task_id, ['format', 'natgen'])
}

function compared(judged: JudgedProblem, of: string, kinds: readonly string[]): JudgedProblem {
  const metadata = { ...judged.problem.metadata, of, tags: ['before the change'], compared: kinds }
  return { ...judged, problem: { ...judged.problem, metadata } }
}
