/** Files of other tools in the shapes they publish, small and written here; and how a test reads and writes them. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import * as zlib from 'node:zlib'
import type {
  BadLine,
  Benchmark,
  Format,
  FormatContent,
  FormatContext,
  FormatReading,
  FormatRow,
  JudgedProblem,
} from '../../kernel/index.js'
import { openFormat } from '../open-format.js'

export interface Read {
  readonly format: Format
  readonly reading: FormatReading
  readonly rows: readonly FormatRow[]
  readonly bad: readonly BadLine[]
}

const quiet: FormatContext = { note: () => {} }

export async function readAll(path: string, ctx: FormatContext = quiet): Promise<Read> {
  const { format, reading, close } = await openFormat(path, ctx)
  const rows: FormatRow[] = []
  const bad: BadLine[] = []
  for await (const entry of reading.entries) {
    if ('error' in entry) bad.push(entry)
    else rows.push(entry)
  }
  close()
  return { format, reading, rows, bad }
}

/** What a format writes of what was read: one text, or the files of a folder by name. */
export async function written(
  format: Format,
  { reading, rows }: Pick<Read, 'reading' | 'rows'>,
  ctx: FormatContext = quiet,
  folder = false,
): Promise<{ text: string; files: Record<string, string> }> {
  const entries = async function* () {
    yield* rows
  }
  let text = ''
  const files: Record<string, string> = {}
  if (!format.write) throw new Error(`${format.name} is not written`)
  for await (const chunk of format.write({ ...reading, entries: entries() }, ctx, folder)) {
    if (typeof chunk === 'string') text += chunk
    else files[chunk.name] = chunk.text
  }
  return { text, files }
}

type Content = string | Buffer | Readonly<Record<string, string | Buffer>>

/** A file, or a folder where the content is an object. Returns its path. */
export function put(folder: string, name: string, content: Content): string {
  const path = join(folder, name)
  mkdirSync(dirname(path), { recursive: true })
  if (typeof content === 'string' || Buffer.isBuffer(content)) writeFileSync(path, content)
  else for (const [inside, part] of Object.entries(content)) put(path, inside, part)
  return path
}

/** Two problems of a benchmark that completes prompts. */
export const adding = (() => {
  const problem = (id: string, name: string): [string, JudgedProblem] => [
    id,
    {
      problem: {
        id,
        language: 'python',
        kind: 'completion',
        prompt: `def ${name}(a, b):\n`,
        entryPoint: name,
        publicTests: [],
        metadata: {},
      },
      suite: { kind: 'assertions', trusted: '', script: '', entryPoint: name },
    },
  ]
  const problems = new Map([problem('T/0', 'add'), problem('T/1', 'sub')])
  const benchmark = {
    catalogue: 'benchmark',
    name: 'adding',
    summary: '',
    licence: '',
    data: [],
    k: [1],
    problems: () => problems.values(),
    complete: ({ prompt }: { prompt: string }, completion: string) => prompt + completion,
  } as unknown as Benchmark
  return { benchmark, problems }
})()

export const inAdding: FormatContext = { ...adding, note: () => {} }

const lines = (...rows: readonly unknown[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('')
const json = (value: unknown) => JSON.stringify(value, null, 2)

const lcb = (question_id: string) => ({
  question_title: 'A sum',
  question_content: 'Print a + b.',
  platform: 'atcoder',
  question_id,
  contest_id: 'abc301',
  contest_date: '2023-05-13T00:00:00',
  starter_code: '',
  difficulty: 'easy',
})
const outputs = { output_list: ['```python\nprint(3)\n```', 'none'], code_list: ['print(3)', ''] }

const multiplE = {
  name: 'HumanEval_23_strlen',
  language: 'js',
  prompt: '//Return length\nfunction strlen(string){\n',
  doctests: 'transform',
  original: '/datasets/HumanEval_23_strlen.py',
  prompt_terminology: 'reworded',
  tests: 'const assert = require("node:assert");\n',
  stop_tokens: ['\nfunction '],
  temperature: 0.2,
}

const lmEvalSample = (doc_id: number, value: number, code: string) => ({
  doc_id,
  doc: { task_id: `HumanEval/${doc_id}`, prompt: 'def f():\n', test: '', entry_point: 'f' },
  target: 'check(f)',
  arguments: { gen_args_0: { arg_0: 'def f():\n', arg_1: { until: ['\ndef'] } } },
  resps: [['    return 1']],
  filtered_resps: [[code]],
  filter: 'create_test',
  metrics: ['pass@1'],
  doc_hash: 'aa',
  prompt_hash: 'bb',
  target_hash: 'cc',
  'pass@1': value,
})

const log = {
  version: 2,
  status: 'success',
  eval: {
    eval_id: 'e1',
    run_id: 'r1',
    created: '2026-01-02T03:04:05+00:00',
    task: 'humaneval',
    task_id: 't1',
    task_version: 0,
    dataset: { name: 'humaneval', samples: 2, sample_ids: ['HumanEval/0', 'HumanEval/1', 'HumanEval/2'] },
    model: 'openai/gpt-4o',
    config: { epochs: 2 },
  },
  plan: { name: 'plan', steps: [], config: {} },
  results: { total_samples: 3, completed_samples: 2, scores: [] },
  stats: { started_at: '', completed_at: '', model_usage: {} },
}
const logSample = (id: string, epoch: number, more: object) => ({
  id,
  epoch,
  input: 'Write f.',
  target: '',
  messages: [{ role: 'user', content: 'Write f.' }],
  output: {
    model: 'gpt-4o',
    choices: [{ message: { role: 'assistant', content: '```python\ndef f(): pass\n```' }, stop_reason: 'stop' }],
  },
  metadata: { 'big id': 1 },
  ...more,
})
const logSamples = [
  logSample('HumanEval/0', 1, { scores: { verify: { value: 'C', explanation: '' } } }),
  logSample('HumanEval/0', 2, { scores: { verify: { value: 'I', answer: 'x' } } }),
  logSample('HumanEval/1', 1, { error: { message: 'Docker died', traceback: '', traceback_ansi: '' } }),
]

const report = (resolved: boolean) => ({
  patch_is_None: false,
  patch_exists: true,
  patch_successfully_applied: true,
  resolved,
  tests_status: {
    FAIL_TO_PASS: { success: ['a'], failure: [] },
    PASS_TO_PASS: { success: [], failure: [] },
    FAIL_TO_FAIL: { success: [], failure: [] },
    PASS_TO_FAIL: { success: [], failure: [] },
  },
})
const prediction = (instance_id: string, model_patch: string | null) => ({
  instance_id,
  model_name_or_path: 'a/model',
  model_patch,
})

export interface Fixture {
  readonly name: string
  readonly format: string
  readonly holds: FormatContent
  readonly content: Content
  /** `id sample passed`, p(assed) f(ailed) i(nfrastructure), – for not judged. */
  readonly rows: readonly string[]
  readonly inAdding?: true
}

export const fixtures: readonly Fixture[] = [
  {
    name: 'samples.jsonl',
    format: 'human-eval',
    holds: 'samples',
    content: lines({ task_id: 'T/0', completion: ' x' }, { task_id: 'T/0', completion: 'é\u2028', note: { a: [1] } }),
    rows: ['T/0 0 –', 'T/0 1 –'],
  },
  {
    name: 'samples.jsonl_results.jsonl',
    format: 'human-eval',
    holds: 'results',
    content: lines(
      { task_id: 'T/0', completion: ' x', result: 'passed', passed: true },
      { task_id: 'T/1', completion: '', result: 'timed out', passed: false, completion_id: 3 },
      { task_id: 'T/1', result: 'failed: name', passed: false },
    ),
    rows: ['T/0 0 p', 'T/1 0 f', 'T/1 1 f'],
  },
  {
    name: 'evalplus.jsonl',
    format: 'evalplus',
    holds: 'samples',
    content: lines(
      { task_id: 'T/0', solution: 'def f(): pass', _identifier: 'T/0 (0)' },
      { task_id: 'T/1', completion: 'x' },
    ),
    rows: ['T/0 0 –', 'T/1 0 –'],
  },
  {
    name: 'evalplus.eval_results.json',
    format: 'evalplus',
    holds: 'results',
    content: json({
      date: '2026-01-02 03:04',
      hash: 'fe585eb4df8c88d844eeb463ea4d0302',
      eval: {
        'T/0': [
          {
            task_id: 'T/0',
            solution: 'a',
            base_status: 'pass',
            plus_status: 'pass',
            base_fail_tests: [],
            plus_fail_tests: [],
          },
          {
            task_id: 'T/0',
            solution: 'b',
            base_status: 'pass',
            plus_status: 'fail',
            base_fail_tests: [],
            plus_fail_tests: [[1]],
          },
        ],
        'T/1': [
          {
            task_id: 'T/1',
            solution: 'c',
            base_status: 'timeout',
            plus_status: null,
            base_fail_tests: [],
            plus_fail_tests: [],
          },
        ],
        'T/2': [],
      },
      pass_at_k: { base: { 'pass@1': 0.5 }, plus: { 'pass@1': 0.25 } },
    }),
    rows: ['T/0 0 p', 'T/0 1 f', 'T/1 0 f'],
  },
  {
    name: 'generations_adding.json',
    format: 'bigcode',
    holds: 'samples',
    content: json([['a', 'b'], ['c']]),
    rows: ['T/0 0 –', 'T/0 1 –', 'T/1 0 –'],
    inAdding: true,
  },
  {
    name: 'references_adding.json',
    format: 'bigcode',
    holds: 'problems',
    content: json(['x', 'y']),
    rows: [],
    inAdding: true,
  },
  {
    name: 'evaluation_results.json',
    format: 'bigcode',
    holds: 'figures',
    content: json({ humaneval: { 'pass@1': 0.29, 'pass@10': 0.4 }, config: { prefix: '', n_samples: 200 } }),
    rows: [],
  },
  {
    name: 'HumanEval_23_strlen.json',
    format: 'multipl-e',
    holds: 'samples',
    content: json({ ...multiplE, completions: ['  return 1;\n}', ''] }),
    rows: ['HumanEval_23_strlen 0 –', 'HumanEval_23_strlen 1 –'],
  },
  {
    name: 'HumanEval_23_strlen.results.json',
    format: 'multipl-e',
    holds: 'results',
    content: json({
      ...multiplE,
      results: ['OK', 'Exception', 'SyntaxError', 'Timeout'].map((status, i) => ({
        program: `p${i}`,
        timestamp: 1700000000,
        stdout: '',
        stderr: '',
        exit_code: i,
        status,
      })),
    }),
    rows: ['0 p', '1 f', '2 f', '3 f'].map((end) => `HumanEval_23_strlen ${end}`),
  },
  {
    name: 'Scenario.codegeneration_2_0.2.json',
    format: 'livecodebench',
    holds: 'samples',
    content: json([
      { ...lcb('abc301_a'), ...outputs },
      { ...lcb('abc301_b'), output_list: [], code_list: [] },
    ]),
    rows: ['abc301_a 0 –', 'abc301_a 1 –'],
  },
  {
    name: 'Scenario.codegeneration_2_0.2_eval_all.json',
    format: 'livecodebench',
    holds: 'results',
    content: json([
      {
        ...lcb('abc301_a'),
        ...outputs,
        graded_list: [true, false],
        'pass@1': 0.5,
        metadata: ['{}', '{"error_code": -2, "error_message": "Wrong Answer"}'],
      },
      {
        ...lcb('abc301_b'),
        ...outputs,
        graded_list: [false, false],
        'pass@1': 0,
        metadata: ['{"error_code": -5, "error_message": "TestRunnerError"}', '{"error_code": -3}'],
      },
    ]),
    rows: ['abc301_a 0 p', 'abc301_a 1 f', 'abc301_b 0 i', 'abc301_b 1 f'],
  },
  {
    name: 'Scenario.codegeneration_2_0.2_eval.json',
    format: 'livecodebench',
    holds: 'results',
    content: json([
      { 'pass@1': 0.25, detail: { 'pass@1': { 0: 0.5, 1: 0 } } },
      {
        0: [
          [true, true],
          [true, -2],
        ],
        1: [[-5], [-1]],
      },
      [
        ['{}', '{}'],
        ['{}', '{}'],
      ],
    ]),
    rows: ['0 0 p', '0 1 f', '1 0 i', '1 1 f'],
  },
  {
    name: 'custom.json',
    format: 'livecodebench',
    holds: 'samples',
    content: json([{ question_id: 'T/0', code_list: ['print(3)'] }]),
    rows: ['T/0 0 –'],
  },
  {
    name: 'all_preds.jsonl',
    format: 'swe-bench',
    holds: 'samples',
    content: lines(prediction('a__b-1', 'diff --git'), { ...prediction('a__b-2', null), cost: 0.5 }),
    rows: ['a__b-1 0 –', 'a__b-2 0 –'],
  },
  {
    name: 'preds-list.json',
    format: 'swe-bench',
    holds: 'samples',
    content: json([prediction('a__b-1', 'diff'), prediction('a__b-2', '')]),
    rows: ['a__b-1 0 –', 'a__b-2 0 –'],
  },
  {
    name: 'preds.json',
    format: 'swe-bench',
    holds: 'samples',
    content: json({ 'a__b-1': prediction('a__b-1', 'diff') }),
    rows: ['a__b-1 0 –'],
  },
  {
    name: 'report.json',
    format: 'swe-bench',
    holds: 'results',
    content: json({
      'a__b-1': report(true),
      'a__b-2': { ...report(false), infra_failure: 'image' },
      'a__b-3': report(false),
    }),
    rows: ['a__b-1 0 p', 'a__b-2 0 i', 'a__b-3 0 f'],
  },
  {
    name: 'a__model.run1.json',
    format: 'swe-bench',
    holds: 'results',
    content: json({
      total_instances: 6,
      submitted_instances: 5,
      completed_instances: 2,
      resolved_instances: 1,
      unresolved_instances: 1,
      infra_failure_instances: 1,
      ambiguous_failure_instances: 0,
      empty_patch_instances: 1,
      error_instances: 2,
      completed_ids: ['r', 'u'],
      incomplete_ids: ['n'],
      empty_patch_ids: ['e'],
      submitted_ids: ['e', 'i', 'r', 'u', 'x'],
      resolved_ids: ['r'],
      unresolved_ids: ['u'],
      infra_failure_ids: ['i'],
      ambiguous_failure_ids: [],
      error_ids: ['i', 'x'],
      failure_reasons: { i: 'image' },
      schema_version: 2,
    }),
    rows: ['i 0 i', 'r 0 p', 'e 0 f', 'u 0 f', 'x 0 i'],
  },
  {
    name: 'results_2026-01-01T00-00-00.000001.json',
    format: 'lm-eval',
    holds: 'figures',
    content: `{"results": {"humaneval": {"alias": "humaneval", "pass@1,create_test": 0.5, "pass@1_stderr,create_test": NaN}},
      "group_subtasks": {"humaneval": []}, "configs": {"humaneval": {"task": "humaneval"}}, "versions": {"humaneval": 1.0},
      "n-shot": {"humaneval": 0}, "config": {"model": "hf", "model_num_parameters": 12345678901234567890}}`,
    rows: [],
  },
  {
    name: 'samples_humaneval_2026-01-01T00-00-00.000001.jsonl',
    format: 'lm-eval',
    holds: 'results',
    content: lines(lmEvalSample(0, 1, 'def f(): return 1'), lmEvalSample(1, 0, 'x'), {
      ...lmEvalSample(0, 1, 'y'),
      filter: 'another',
    }),
    rows: ['HumanEval/0 0 p', 'HumanEval/1 0 f', 'HumanEval/0 0 –'],
  },
  {
    name: '2026-01-02_humaneval_e1.json',
    format: 'inspect',
    holds: 'results',
    content: json({ ...log, samples: logSamples, reductions: [{ scorer: 'verify', samples: [] }] }),
    rows: ['HumanEval/0 0 p', 'HumanEval/0 1 f', 'HumanEval/1 0 i'],
  },
  { name: 'header-only.json', format: 'inspect', holds: 'results', content: json(log), rows: [] },
  {
    name: 'a__b-1.traj.json',
    format: 'mini-swe-agent',
    holds: 'trajectories',
    content: json({
      info: {
        model_stats: { instance_cost: 0.05, api_calls: 3 },
        config: { agent: {}, model: { model_name: 'anthropic/claude' } },
        mini_version: '2.4.6',
        exit_status: 'Submitted',
        submission: 'diff --git a b',
      },
      messages: [
        { role: 'system', content: 'You are' },
        { role: 'assistant', content: 'ls', extra: { actions: [{ command: 'ls' }] } },
      ],
      trajectory_format: 'mini-swe-agent-1.1',
      instance_id: 'a__b-1',
    }),
    rows: ['a__b-1 0 –'],
  },
]

/** The log as `.eval`; names and methods can be given otherwise. */
export function evalArchive(
  extra: readonly ZipEntry[] = [],
  samples: readonly { readonly id: string; readonly epoch: number }[] = logSamples,
): Buffer {
  return zip([
    { name: '_journal/start.json', text: JSON.stringify({ version: 2, eval: log.eval, plan: log.plan }) },
    ...samples.map((one) => ({ name: `samples/${one.id}_epoch_${one.epoch}.json`, text: JSON.stringify(one) })),
    { name: 'summaries.json', text: '[]' },
    { name: 'reductions.json', text: JSON.stringify([{ scorer: 'verify', samples: [] }]) },
    { name: 'header.json', text: JSON.stringify(log) },
    ...extra,
  ])
}

export interface ZipEntry {
  readonly name: string
  readonly text: string | Buffer
  /** Default: deflate. */
  readonly method?: number
  readonly flags?: number
  /** Instead of the right one. */
  readonly crc?: number
  /** The text as it is packed, where `zip` does not pack it itself. */
  readonly as?: Buffer
  /** As the archive says, if not what it is. */
  readonly size?: number
}

export function zip(entries: readonly ZipEntry[]): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, text, method = 8, flags = 0, crc, size, as } of entries) {
    const bytes = Buffer.from(text)
    const packed = as ?? (method === 8 ? zlib.deflateRawSync(bytes) : bytes)
    const fields = Buffer.alloc(26)
    fields.writeUInt16LE(20, 0)
    fields.writeUInt16LE(flags, 2)
    fields.writeUInt16LE(method, 4)
    fields.writeUInt32LE(crc ?? zlib.crc32(bytes), 10)
    fields.writeUInt32LE(packed.length, 14)
    fields.writeUInt32LE(size ?? bytes.length, 18)
    fields.writeUInt16LE(Buffer.byteLength(name), 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), fields, Buffer.from(name), packed])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(offset, 10)
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), fields, tail, Buffer.from(name))
    parts.push(local)
    offset += local.length
  }
  const all = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(all.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...parts, all, end])
}
