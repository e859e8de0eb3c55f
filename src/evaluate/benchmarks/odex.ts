/** ODEX: questions from a site of questions and answers, in four human languages, answered by a few lines of Python. */
import { z } from 'zod'
import { type JudgedProblem, type Problem, defineBenchmark } from '../../kernel/index.js'

const languages = ['en', 'es', 'ja', 'ru']

const row = z.object({
  task_id: z.union([z.int(), z.string()]),
  /** Goes up to the hole, `suffix` on from it. */
  prompt: z.string(),
  suffix: z.string(),
  canonical_solution: z.string(),
  /** Imports of the tests and the head of `check(candidate)`. */
  test_start: z.string(),
  test: z.array(z.string()).min(1),
  entry_point: z.string().min(1),
  intent: z.string(),
  library: z.array(z.string().regex(/^[\w.]+$/)).default([]),
})

export default defineBenchmark({
  name: 'odex',
  summary: '945 questions in English, Spanish, Japanese and Russian about 79 libraries, answered by lines of Python',
  source: {
    title: 'Execution-Based Evaluation for Open-Domain Code Generation',
    year: 2022,
    link: 'https://arxiv.org/abs/2212.10481',
    system: 11,
  },
  acceptance: {
    a: 'all 945 published rows are read (the Japanese and Russian ones are not on the machine that tests this)',
    b: 'of every tenth row of the files that are here the published solutions pass in 95 % or more of what can be run; modules and files that are lacking are printed',
    c: 'a solution passes with the suffix behind the hole and fails without it',
    d: 'questions are tagged open or closed by the libraries they need, which agrees with the imports of their tests in all English and Spanish rows',
    e: 'BLEU, ROUGE-L, METEOR, chrF and CodeBLEU of passing and failing candidates are printed with their correlation with passing',
  },
  licence: 'CC-BY-SA-4.0',
  data: languages.map((language) => ({ path: `zorazrw__odex/data/${language}_test.jsonl`, optional: true })),
  row,
  *problems(files) {
    const times = new Map<string, number>()
    for (const [i, rows] of files.entries())
      for (const each of rows) {
        const id = `${languages[i]}/${each.task_id}`
        const time = (times.get(id) ?? 0) + 1
        times.set(id, time)
        // Some questions have two rows.
        yield problemOf(time === 1 ? id : `${id}-${time}`, languages[i] as string, each)
      }
  },
  complete: filled,
  k: [1, 5, 10],
  limits: { cpuSeconds: 10, wallSeconds: 60, memoryMb: 2048 },
  defects: {
    'en/1807026': 'the published solution needs a name Object that nobody defines',
    'en/12842997': 'the tests never call the function',
    'en/13740672': 'the published solution mixes tabs and blanks',
    'en/17438096': 'the tests never call the function',
    'en/22676': 'the published solution takes it for granted that urllib.request is imported',
    'en/22676-2': 'the published solution takes it for granted that urllib.request is imported',
    'en/2805231': 'the published solution asks a name server',
    'en/35622945': 'the regular expression is an error since Python 3.11',
  },
  contamination: 'the questions and answers are from a public site, which is in training sets.',
})

function problemOf(id: string, human: string, each: z.output<typeof row>): JudgedProblem {
  const { prompt: open, suffix, canonical_solution: solution, entry_point: entryPoint, library, intent } = each
  // A program may use what its tests import, as in the published harness, which has both in one file.
  const imports = each.test_start.split('\n').filter((line) => /^(?:import|from)\s/.test(line))
  const prompt = [...imports, open].join('\n')
  const problem: Problem = {
    id,
    language: 'python',
    kind: 'completion',
    // The question stands where a docstring would.
    prompt: `# ${intent.trim().replaceAll('\n', '\n# ')}\n${prompt}`,
    entryPoint,
    publicTests: [],
    metadata: { prompt, suffix, tags: [human, library.length > 0 ? 'open' : 'closed', ...library] },
  }
  const script = `${library.map((name) => `import ${name}\n`).join('')}${each.test_start}${each.test.join('')}`
  return {
    problem,
    // The tests look at files, at patched modules and at objects of libraries: they must run beside the program.
    suite: { kind: 'assertions', trusted: '', script, entryPoint, mode: 'in-process' },
    reference: filled(problem, solution),
  }
}

/** The prompt without the question, what fills the hole, and what comes after it. */
function filled({ metadata }: Problem, completion: string): string {
  return `${metadata.prompt}${completion}${metadata.suffix}\n`
}
