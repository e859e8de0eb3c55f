/**
 * xCodeEval, program synthesis: Codeforces problems, of whose hidden cases each may have several outputs that are right.
 * The published rows ask for a language each, or for none: then Python, C++ and Java are asked for.
 *
 * As in ExecEval, lines are equal without white space around them, or words are: numbers within 1e-12, yes, no, true and
 * false in letters of either case. Time limits are the problem's, three times as long for interpreted languages (--time
 * sets another).
 */
import { z } from 'zod'
import { BadDataError, type JudgedProblem, type StdioCase, defineBenchmark } from '../../kernel/index.js'
import { clusterLanguages } from '../cluster-languages.js'
import { contestLimits, fileNamed, stdioSuite } from '../competition-rows.js'
import { PackedText, lazily } from '../packed.js'

/** A list, or the text of one: the loader that is published with the data gives JSON in strings. */
const texts = z.union([z.array(z.string()), z.string().transform(listIn)])

const unitTests = z.array(z.object({ input: z.string(), output: z.union([z.array(z.string()), z.string()]) }))

/** Fields of the problem have a prefix where the rows are joined with the descriptions. */
const row = z.preprocess(
  (value) => {
    if (value === null || typeof value !== 'object') return value
    return Object.fromEntries(Object.entries(value).map(([key, field]) => [key.replace(/^prob_desc_/, ''), field]))
  },
  z.object({
    src_uid: z.string().min(1),
    description: z.string(),
    input_from: z.string().nullish(),
    output_to: z.string().nullish(),
    time_limit: z.string().nullish(),
    memory_limit: z.string().nullish(),
    input_spec: z.string().nullish(),
    output_spec: z.string().nullish(),
    notes: z.string().nullish(),
    sample_inputs: texts.default([]),
    sample_outputs: texts.default([]),
    tags: z.array(z.string()).default([]),
    difficulty: z.int().nullish(),
    lang: z.string().nullish(),
    lang_cluster: z.string().nullish(),
    hidden_unit_tests: z
      .union([z.string(), unitTests])
      .transform((found) => new PackedText(typeof found === 'string' ? found : JSON.stringify(found))),
  }),
)
type Row = z.output<typeof row>

const usual = ['Python', 'C++', 'Java']

export default defineBenchmark({
  name: 'xcodeeval',
  summary: 'Codeforces problems to be solved by programs in many languages (program synthesis: 106 and 952 problems)',
  source: {
    title: 'xCodeEval: A Large Scale Multilingual Multitask Benchmark for Code Understanding, Generation, Translation',
    year: 2023,
    link: 'https://arxiv.org/abs/2303.03004',
  },
  licence: 'CC-BY-NC-4.0',
  data: [
    { path: 'NTU-NLP-sg__xCodeEval/program_synthesis/test.jsonl', optional: true },
    { path: 'NTU-NLP-sg__xCodeEval/program_synthesis/validation.jsonl', optional: true },
  ],
  row,
  *problems([test = [], validation = []]) {
    const seen = new Set<string>()
    for (const [split, rows] of Object.entries({ test, validation }))
      for (const each of rows)
        for (const title of each.lang_cluster ? [each.lang_cluster] : usual) {
          // With a program in each row a problem comes as often as it was solved.
          const id = `${title}/${each.src_uid}`
          if (!seen.has(id)) yield problemOf(each, id, title, split)
          seen.add(id)
        }
  },
  k: [1, 5, 10],
  limits: { outputBytes: 64 << 20 },
  contamination:
    'problems of Codeforces from 2010 to 2022, in training sets. Rows are read joined with descriptions and unit tests, ' +
    'as its loader gives them, in JSON Lines; their address is not checked here.',
})

function problemOf(each: Row, id: string, title: string, split: string): JudgedProblem {
  const language = clusterLanguages[title]
  if (!language)
    throw new BadDataError(`xcodeeval: ${each.src_uid} asks for «${title}», which is none of its languages`)
  const { difficulty, tags, sample_inputs: inputs, sample_outputs: outputs } = each
  const files = { input: fileNamed(each.input_from), output: fileNamed(each.output_to) }
  const named = { ...(files.input ? { input: files.input } : {}), ...(files.output ? { output: files.output } : {}) }
  const suite = lazily(() => ({
    ...stdioSuite(casesOf(each), { kind: 'floats', absolute: 1e-12, relative: 0, ignoreCase: 'yes-no' }),
    ...(files.input || files.output ? { files: named } : {}),
  }))
  return {
    problem: {
      id,
      language,
      kind: 'stdio',
      prompt: promptOf(each),
      publicTests: inputs.flatMap((stdin, i) => {
        const stdout = outputs[i]
        return stdout === undefined ? [] : [{ kind: 'stdio' as const, stdin, stdout }]
      }),
      metadata: { split, difficulty: difficulty ?? 0, tags, lang: each.lang ?? title },
    },
    get suite() {
      return suite()
    },
    limits: contestLimits(language, secondsIn(each), megabytesIn(each)),
  }
}

/** Sites compare words where ExecEval compares lines first: what is equal by lines is equal by words. */
function casesOf({ src_uid: id, hidden_unit_tests: packed }: Row): StdioCase[] {
  let found: unknown
  try {
    found = JSON.parse(packed.text)
  } catch {
    throw new BadDataError(`xcodeeval: the unit tests of ${id} are no JSON`)
  }
  const read = unitTests.safeParse(found)
  if (!read.success) throw new BadDataError(`xcodeeval: the unit tests of ${id} are no list of inputs and outputs`)
  return read.data.map(({ input, output }) => {
    const [stdout, ...alternatives] = [output].flat().map(withoutReturns)
    if (stdout === undefined) throw new BadDataError(`xcodeeval: a unit test of ${id} has no output`)
    return { stdin: withoutReturns(input), stdout, ...(alternatives.length > 0 ? { alternatives } : {}) }
  })
}

function withoutReturns(text: string): string {
  return text.replaceAll('\r\n', '\n')
}

function promptOf({ description, input_spec, output_spec, notes, ...each }: Row): string {
  const parts: [string, string | null | undefined][] = [
    ['', description],
    ['Input: ', input_spec],
    ['Output: ', output_spec],
    ['', notes],
  ]
  const samples = each.sample_inputs.map(
    (input, i) => `Sample input:\n${input.trim()}\nSample output:\n${(each.sample_outputs[i] ?? '').trim()}`,
  )
  const from = fileNamed(each.input_from)
  const to = fileNamed(each.output_to)
  const how = `Write a program that reads from ${from ? `the file ${from}` : 'standard input'} and writes to ${to ? `the file ${to}` : 'standard output'}.`
  const told = parts.flatMap(([head, text]) => (text?.trim() ? [`${head}${text.trim()}`] : []))
  return `${[...told, ...samples, how].join('\n\n')}\n`
}

/** `2 seconds`, `0.5 seconds`; `256 megabytes`. */
function secondsIn({ src_uid: id, time_limit: text }: Row): number {
  return quantity(text, /^(\d+(?:\.\d+)?) ?s(?:ec(?:onds?)?)?$/, 5, `${id}: time_limit`)
}

function megabytesIn({ src_uid: id, memory_limit: text }: Row): number {
  return quantity(text, /^(\d+(?:\.\d+)?) ?(?:megabytes?|mb)$/, 256, `${id}: memory_limit`)
}

function quantity(text: string | null | undefined, form: RegExp, otherwise: number, where: string): number {
  if (!text?.trim()) return otherwise
  const value = Number(form.exec(text.trim().toLowerCase())?.[1])
  if (!(value > 0)) throw new BadDataError(`xcodeeval: ${where} is «${text}», which is none`)
  return value
}

function listIn(text: string, ctx: z.RefinementCtx): string[] {
  try {
    return z.array(z.string()).parse(JSON.parse(text))
  } catch {
    ctx.addIssue('no list of texts')
    return z.NEVER
  }
}
