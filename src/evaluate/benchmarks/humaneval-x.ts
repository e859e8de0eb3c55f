/** HumanEval-X: HumanEval written by hand in C++, Java, JavaScript, Go and Rust, with its tests. */
import { z } from 'zod'
import { type JudgedProblem, defineBenchmark } from '../../kernel/index.js'
import { completed, publishedFunction } from '../published-languages.js'

const row = z.object({
  task_id: z.string().regex(/^(?:Python|CPP|Java|JavaScript|Go|Rust)\/\d+$/, 'no task_id such as CPP/0'),
  prompt: z.string(),
  declaration: z.string(),
  canonical_solution: z.string(),
  test: z.string(),
  /** Go only: its imports, and package and imports of the tests. */
  import: z.string().default(''),
  test_setup: z.string().default(''),
})

const languages = { Python: 'python', CPP: 'cpp', Java: 'java', JavaScript: 'javascript', Go: 'go', Rust: 'rust' }
const folders = ['python', 'cpp', 'java', 'js', 'go', 'rust']
const folder = 'codegeex/benchmark/humaneval-x'

export default defineBenchmark({
  name: 'humaneval-x',
  summary: '164 functions each in Python, C++, Java, JavaScript, Go and Rust, with tests in the language',
  source: {
    title: 'CodeGeeX: A Pre-Trained Model for Code Generation with Multilingual Benchmarking on HumanEval-X',
    year: 2023,
    link: 'https://arxiv.org/abs/2303.17568',
  },
  licence: 'Apache-2.0',
  data: folders.map((one) => ({
    path: `THUDM__CodeGeeX/${folder}/${one}/data/humaneval_${one}.jsonl.gz`,
    optional: true,
  })),
  row,
  *problems(files) {
    for (const each of files.flat()) yield problemOf(each)
  },
  complete: completed,
  k: [1, 10, 100],
  limits: { cpuSeconds: 5, wallSeconds: 60, memoryMb: 2048 },
  defects: {
    'CPP/22': 'the prompt needs boost/any.hpp',
    'CPP/23': 'the tests call strlen of the C library, not the function of the prompt: nothing is tested',
    'CPP/137': 'the prompt needs boost/any.hpp',
    'CPP/162': 'the prompt needs OpenSSL (md5)',
    'Go/17': 'the published solution does not import strings, which it needs',
    'Go/20': 'the published solution does not import math, which it needs',
    'Go/59': 'the published solution does not import math, which it needs',
    'Go/75': 'the published solution does not import math, which it needs',
    'Go/95': 'the published solution depends on the order of a map, which is random',
    'JavaScript/112': 'the published solution gives a truth value where its tests ask for a pair',
    'JavaScript/155': 'the published solution gives [0, 0] for 0 where its tests ask for [1, 0]',
    'JavaScript/162': 'the published solution needs the package js-md5',
    'Rust/10': 'the tests call make_palindrome, which the prompt does not declare',
    'Rust/32': 'all tests are in a comment',
    'Rust/38': 'the tests call encode_cyclic, which only the published solution has',
    'Rust/50': 'the tests call decode_shift, which only the published solution has',
    'Rust/91': 'the published solution needs the crate regex',
    'Rust/137': 'the type of the result is declared by the published solution alone',
    'Rust/162': 'the published solution needs the crate md5',
  },
  contamination: 'translations of HumanEval, which is in public training sets.',
})

function problemOf(each: z.output<typeof row>): JudgedProblem {
  const { task_id: id, prompt, declaration, canonical_solution: solution, test: script } = each
  const language = languages[id.split('/')[0] as keyof typeof languages]
  // Helpers stand in front of it.
  const entry = [...declaration.matchAll(/^def (\w+)\(/gm)].at(-1)?.[1]
  if (language === 'go')
    return publishedFunction({
      id,
      language,
      prompt,
      program: `${package_(each)}${prompt}`,
      script: `${each.test_setup}\n${script}`,
      solution,
    })
  // Rust's prompt is the comment alone.
  if (language === 'rust') return publishedFunction({ id, language, prompt: prompt + declaration, script, solution })
  return publishedFunction({
    id,
    language,
    prompt,
    script,
    solution,
    ...(language === 'python' && entry ? { entryPoint: entry } : {}),
  })
}

/** The clause and imports of a program: those of the tests come with the tests. */
function package_({ import: imports }: z.output<typeof row>): string {
  return `package main\n\n${imports}\n`
}
