/**
 * CONCODE: the method of a Java class from its comment and the names in its class. Nothing is run: what counts is that all
 * words are the same (exact match), and BLEU and CodeBLEU of the texts, which the report of a run has beside it.
 */
import { z } from 'zod'
import { type JudgedProblem, defineBenchmark } from '../../kernel/index.js'
import { answered } from '../answered.js'
import { readContext } from '../concode-context.js'

const row = z.object({ nl: z.string().min(1), code: z.string().min(1) })

export default defineBenchmark({
  name: 'concode',
  summary: '2,000 Java methods (the development set) from a comment and the members of their class, by exact match',
  source: {
    title: 'Mapping Language to Code in Programmatic Context',
    year: 2018,
    link: 'https://arxiv.org/abs/1808.09588',
    system: 149,
  },
  acceptance: {
    a: 'all 2,000 published lines are read into description, fields and methods, and written to the same line again',
    b: 'exact match, BLEU and CodeBLEU equal those of the published evaluator (its CodeBLEU changes with the hash seed of Python and with the grammar)',
    c: 'methods with other names, texts, blanks and modifiers are turned back into all published ones but four, which number otherwise or are no Java',
    d: 'no repository is in two splits (the published rows do not say where they are from)',
    e: 'on a fixture a scripted model that uses the names of the class in its prompt scores higher than one that does not',
  },
  licence: "MIT (CodeXGLUE's files: C-UDA)",
  data: [{ path: 'microsoft__CodeXGLUE/Text-Code/text-to-code/dataset/concode/dev.json' }],
  row,
  *problems([rows = []]) {
    for (const [i, each] of rows.entries()) yield problemOf(i, each)
  },
  complete: answered,
  k: [1],
  contamination:
    'methods of public repositories, which are in training sets; names of variables and methods are changed.',
})

function problemOf(index: number, { nl, code }: z.output<typeof row>): JudgedProblem {
  const { description, fields, methods } = readContext(nl)
  const members = (title: string, list: readonly string[]) =>
    list.length > 0 ? `\n\n${title}: ${list.join('; ')}` : ''
  return {
    problem: {
      id: `concode/${index}`,
      language: 'java',
      kind: 'answer',
      prompt: `Write the Java method that this comment describes, on one line, with a blank between all words and signs. It is called function, its parameters arg0, arg1, …, its variables loc0, loc1, …\n\n${description}${members('Fields of the class', fields)}${members('Methods of the class', methods)}`,
      publicTests: [],
      metadata: { description, fields, methods },
    },
    suite: { kind: 'answer', expected: code, comparison: { kind: 'text', anySpace: true } },
    reference: code,
  }
}
