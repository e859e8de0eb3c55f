/** What `cupel report --text-metrics` does: text metrics beside the verdicts of a run, for a person or as JSON. */
import { benchmarks } from '../evaluate/index.js'
import { type TextMetrics, textMetrics } from '../runs/index.js'
import type { CommonOptions } from './options.js'
import { counted, heading, paint, print, printJson, table, visible } from './output.js'

export async function reportTextMetrics(dir: string, { json }: CommonOptions): Promise<void> {
  const found = await textMetrics(dir, benchmarks)
  if (json) printJson(found)
  else print(text(found))
}

function text({
  benchmark,
  candidates,
  problems,
  passed,
  metrics,
  leftOut,
  withoutTrees,
  remarks,
}: TextMetrics): string {
  const figure = (value: number | null) => (value === null ? '–' : value.toFixed(2))
  const heads = ['passing', 'failing', 'correlation', 'n'].map((head) => ({ head, align: 'right' as const }))
  const left = [
    [leftOut.infrastructure, 'that the machine could not judge'] as const,
    [leftOut.withoutReference, 'of a problem without a solution'] as const,
    [leftOut.tooLong, 'too long to be compared'] as const,
    [leftOut.withoutText, 'whose program is not there any more, or changed'] as const,
  ].flatMap(([count, why]) => (count > 0 ? [`left out   ${counted(count, 'candidate')} ${why}`] : []))
  return [
    heading(`${benchmark}: text metrics against the solutions of the benchmark, and passing`),
    table(
      ['mean of', ...heads],
      metrics.map((row) => [
        row.metric,
        figure(row.passing),
        figure(row.failing),
        paint.bold(row.correlation === null ? '–' : row.correlation.toFixed(3)),
        String(row.candidates),
      ]),
    ),
    `compared   ${counted(candidates, 'candidate')} of ${counted(problems, 'problem')}, ${passed} passed; percent, correlation point-biserial`,
    ...Object.entries(withoutTrees).map(
      ([language, count]) =>
        `           no CodeBLEU for ${counted(count, 'candidate')} in ${visible(language)}: it is there for Java and Python`,
    ),
    '           METEOR is without synonyms',
    ...left,
    ...remarks.map((remark) => `note       ${visible(remark)}`),
  ].join('\n')
}
