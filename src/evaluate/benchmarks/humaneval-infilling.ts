/**
 * HumanEval infilling: a line, some lines or any span is taken out of a solution; what stood there is asked. InCoder is
 * evaluated on it; its marks around gaps are in `cupel/code` (`infillPrompt`, `fillGaps`, `causalMask`).
 */
import { z } from 'zod'
import { type JudgedProblem, type Problem, defineBenchmark } from '../../kernel/index.js'
import { humanEvalLimits, humanEvalProblem, humanEvalRow, standalone } from '../humaneval-rows.js'

const row = humanEvalRow.extend({ suffix: z.string() })
const sets = ['SingleLine', 'MultiLine', 'RandomSpan']
  .map((name) => `${name}Infilling`)
  .concat('RandomSpanInfillingLight')

export default defineBenchmark({
  name: 'humaneval-infilling',
  summary: 'HumanEval solutions with a line (1,033), some lines (5,815) or a span (1,640; 164 light) to fill in',
  source: {
    title: 'Efficient Training of Language Models to Fill in the Middle',
    year: 2022,
    link: 'https://arxiv.org/abs/2207.14255',
    system: 158,
  },
  acceptance: {
    a: 'causal masking and its inverse give every document byte for byte, whatever the spans',
    b: 'the number of spans follows the truncated Poisson distribution (chi-square)',
    c: 'prompts have the marks in their order; a fill ends at its mark or at a cap; later gaps are asked for with earlier fills',
    d: 'of several fills the one counts after which the rest is likeliest (not built)',
    e: 'the published 1,033, 5,815 and 1,640 problems are read, and what was taken out passes in its place',
  },
  licence: 'MIT',
  data: sets.map((name) => ({ path: `openai__human-eval-infilling/data/HumanEval-${name}.jsonl.gz`, optional: true })),
  row,
  *problems(files) {
    for (const each of files.flat()) yield problemOf(each)
  },
  complete: filled,
  standalone,
  k: [1, 10, 100],
  limits: humanEvalLimits,
  contamination: 'made of HumanEval and its published solutions, which are in public training sets.',
})

/** The prompt is what stands before the gap, as it is published; what stands behind it is in `metadata.suffix`. */
function problemOf({ suffix, canonical_solution: missing, ...each }: z.output<typeof row>): JudgedProblem {
  const { problem, suite } = humanEvalProblem(each)
  const gap: Problem = { ...problem, kind: 'completion', metadata: { suffix } }
  // What is vouched for is the program around the gap, which may be none without it.
  return { problem: gap, suite, ...(missing === undefined ? {} : { reference: filled(gap, missing) }) }
}

function filled({ prompt, metadata }: Problem, missing: string): string {
  return `${prompt}${missing}${metadata.suffix as string}`
}
