/** SWE-bench: predictions (JSON Lines, a list, or an object by id), reports of instances, and the summary of a run. */
import { z } from 'zod'
import {
  BadDataError,
  defineFormat,
  type FormatContent,
  type FormatFile,
  type FormatReading,
  type FormatRow,
  type Rest,
  UsageError,
} from '../../kernel/index.js'
import { writeJson } from './python-json.js'
import {
  checked,
  documentOf,
  each,
  firstOf,
  has,
  id,
  isObject,
  object,
  restOf,
  rowsOf,
  SampleNumbers,
  text,
} from './shapes.js'
import { line, rowsIn } from './writing.js'

const prediction = z.looseObject({ instance_id: id, model_name_or_path: text.optional(), model_patch: text.nullable() })
const report = z.looseObject({ resolved: z.boolean(), infra_failure: z.unknown().optional() })
const ids = z.array(id)
const summary = z.looseObject({
  schema_version: z.literal(2),
  submitted_ids: ids.optional(),
  resolved_ids: ids,
  unresolved_ids: ids.optional(),
  empty_patch_ids: ids.optional(),
  error_ids: ids.optional(),
  infra_failure_ids: ids.optional(),
  ambiguous_failure_ids: ids.optional(),
  incomplete_ids: ids.optional(),
})

/** What each list of the summary says; the first that names an instance counts. */
const lists = [
  ['infra_failure_ids', { passed: null, kind: 'infrastructure', status: 'infra_failure' }],
  ['ambiguous_failure_ids', { passed: null, status: 'ambiguous_failure' }],
  ['resolved_ids', { passed: true, kind: 'passed', status: 'resolved' }],
  ['empty_patch_ids', { passed: false, kind: 'no-code', status: 'empty_patch' }],
  ['unresolved_ids', { passed: false, status: 'unresolved' }],
  ['error_ids', { passed: null, kind: 'infrastructure', status: 'error' }],
] as const

export default defineFormat({
  name: 'swe-bench',
  summary: 'predictions of SWE-bench, reports of instances, and summaries (schema_version 2)',
  files: ['all_preds.jsonl', 'preds.json', 'report.json', 'model.run_id.json'],
  holds: ['samples', 'results'],
  writes: ['samples', 'results'],
  silent: [
    'There is one prediction for each instance: files with more are refused.',
    'Instances that the harness itself failed (error, infra_failure, ambiguous_failure) have no verdict here.',
    'Results are only written from reports and summaries of SWE-bench: what its tests came to cannot be made up. Of a run the predictions are written.',
  ],
  detects(file): FormatContent | null {
    const first = firstOf(file)
    if (isPrediction(first)) return 'samples'
    const value = documentOf(file)
    if (Array.isArray(value)) return isPrediction(value[0]) ? 'samples' : null
    if (!isObject(value)) return null
    if (has(value, 'schema_version', 'resolved_ids')) return 'results'
    const [one] = Object.values(value)
    return isPrediction(one) ? 'samples' : has(one, 'resolved', 'patch_exists') ? 'results' : null
  },
  read(file) {
    const value = documentOf(file)
    if (value === undefined || isPrediction(value)) return predictions(file, 'lines')
    if (Array.isArray(value)) return predictions(file, 'list', value)
    if (has(value, 'schema_version')) return summaryReading(file, value)
    const [one] = Object.values(value as object)
    return isPrediction(one) ? predictions(file, 'object', value as Rest) : reportReading(file, value)
  },
  async *write(reading, ctx) {
    if (reading.holds === 'results' && reading.shape !== undefined) {
      yield `${writeJson(reading.rest, 4)}\n`
      return
    }
    // Of a run there may be the predictions at least.
    const verdicts = reading.holds === 'results'
    if (verdicts) ctx.note('the verdicts are left out: these are predictions')
    const seen = new Set<string>()
    const items: Record<string, unknown>[] = []
    for await (const row of rowsIn(reading)) {
      const { problemId, model, patch, rest } = row
      if (verdicts && patch === undefined)
        throw new UsageError(
          'swe-bench cannot be written: its reports need patch_successfully_applied and tests_status of each instance, which are not there',
        )
      const absent = [
        ...(patch === undefined ? ['model_patch'] : []),
        ...(model === undefined && !reading.shape ? ['model_name_or_path'] : []),
      ]
      if (absent.length > 0)
        throw new UsageError(
          `swe-bench cannot be written: sample ${row.sample} of ${problemId} has no ${absent.join(' and no ')}`,
        )
      if (seen.has(problemId))
        throw new UsageError(
          `swe-bench cannot be written: ${problemId} has several samples, and there is one for each instance`,
        )
      seen.add(problemId)
      const item = {
        instance_id: problemId,
        ...(model === undefined ? {} : { model_name_or_path: model }),
        model_patch: patch,
        ...rest,
      }
      if (reading.shape === 'list' || reading.shape === 'object') items.push(item)
      else yield line(item)
    }
    if (reading.shape === 'list') yield `${writeJson(items, 2)}\n`
    if (reading.shape === 'object')
      yield `${writeJson(Object.fromEntries(items.map((item) => [item.instance_id, item])), 2)}\n`
  },
})

export function isPrediction(value: unknown): boolean {
  return has(value, 'instance_id', 'model_patch')
}

function rowOf(one: z.output<typeof prediction>, sample: number): FormatRow {
  const { instance_id: problemId, model_name_or_path: model, model_patch: patch } = one
  const rest = restOf(one, ['instance_id', 'model_name_or_path', 'model_patch'])
  return { problemId, sample, patch, ...(model === undefined ? {} : { model }), ...rest }
}

function predictions(file: FormatFile, shape: string, value?: Rest | readonly unknown[]): FormatReading {
  const common = { holds: 'samples' as const, shape, problems: new Map<string, Rest>(), rest: {}, notes: [] }
  const numbers = new SampleNumbers()
  if (value === undefined)
    return {
      ...common,
      entries: rowsOf(file, prediction, 'prediction', (one) => [rowOf(one, numbers.of(one.instance_id))]),
    }
  const rows = Object.entries(value).map(([key, item]) => {
    const one = checked({ ...file, path: `${file.path}: ${key}` }, prediction, item, 'prediction')
    if (shape === 'object' && key !== one.instance_id)
      throw new BadDataError(
        `${file.path}: the prediction under ${key} is of ${one.instance_id}: correct one of the ids`,
      )
    return rowOf(one, numbers.of(one.instance_id))
  })
  return { ...common, entries: each(rows) }
}

function reportReading(file: FormatFile, value: unknown): FormatReading {
  const all = checked(file, object, value, 'report of SWE-bench')
  const rows = Object.entries(all).map(([problemId, item]): FormatRow => {
    const one = checked({ ...file, path: `${file.path}: ${problemId}` }, report, item, 'report of SWE-bench')
    if (one.infra_failure)
      return { problemId, sample: 0, passed: null, kind: 'infrastructure', status: 'infra_failure' }
    const kind = one.resolved
      ? { kind: 'passed' as const }
      : one.patch_is_None === true
        ? { kind: 'no-code' as const }
        : {}
    return { problemId, sample: 0, passed: one.resolved, ...kind, status: one.resolved ? 'resolved' : 'unresolved' }
  })
  return { holds: 'results', shape: 'report', entries: each(rows), problems: new Map(), rest: all, notes: [] }
}

function summaryReading(file: FormatFile, value: Rest): FormatReading {
  if (value.schema_version !== 2)
    throw new BadDataError(
      `${file.path} is a summary of SWE-bench of schema_version ${String(value.schema_version)}: only 2 is read`,
    )
  const all = checked(file, summary, value, 'summary of SWE-bench')
  const rows = new Map<string, FormatRow>()
  for (const [name, verdict] of lists)
    for (const problemId of all[name] ?? [])
      if (!rows.has(problemId)) rows.set(problemId, { problemId, sample: 0, ...verdict })
  const named = [...(all.submitted_ids ?? []), ...(all.incomplete_ids ?? []), ...rows.keys()]
  const problems = new Map(named.map((id) => [id, {}]))
  return { holds: 'results', shape: 'summary', entries: each([...rows.values()]), problems, rest: value, notes: [] }
}
