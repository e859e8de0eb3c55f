/** Runs: recorded, resumable, readable while they go on. */
export type { RunHeader, RunInput, RunSession, RunStart } from './header.js'
export { readHeader } from './header.js'
export { Progress, type ProgressOptions, type ProgressStream } from './progress.js'
export { eventsFile, openRun, type Recovery, type Run, summaryFile } from './run.js'
export { readSamples, type SampleLine } from './samples.js'
export { type Judgement, suiteHash, verdictKey } from './verdict-key.js'
export { type MalformedLine, readVerdicts, type VerdictRecord, verdictsFile } from './verdict-records.js'
export { dataFolder, findData, readData } from './data.js'
export { evaluate, type EvaluateOptions, type EvaluateSummary } from './evaluate.js'
export { partRows } from './figures.js'
export { chosenProblems, loadProblems } from './problems.js'
export { withData } from './task-folders.js'
export { keptFile, KeptResults, takeKeptFolder } from './kept-results.js'
export { type Reproduction, reproduce } from './reproduce.js'
export {
  type ComparedRun,
  type CompareOptions,
  type Comparison,
  compareRuns,
  type Flip,
  type PairComparison,
} from './compare.js'
export { clustersBy } from './problem-clusters.js'
export { readTally, type RunTally } from './tally.js'
export { checkSamples } from './candidates.js'
export { formats } from './formats/index.js'
export { type Conversion, convert } from './convert.js'
export {
  csvReport,
  gather,
  type Gathered,
  htmlReport,
  jsonReport,
  junitReport,
  markdownReport,
  metricTables,
} from './reports/index.js'
export { writeAtomically } from './atomic-file.js'
export { inParts } from './parts.js'
export type { Admission, Skipped, Survivor } from './admission/admission.js'
export { admit, type AdmitOptions } from './admission/admit.js'
export { type Efficiency, type EfficiencyOptions, efficiency } from './efficiency/efficiency.js'
export { type TextMetrics, textMetrics } from './text-metrics/study.js'
