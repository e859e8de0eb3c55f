/** Runs: recorded, resumable, readable while they go on. */
export type { RunHeader, RunInput, RunSession, RunStart } from './header.js'
export { readHeader } from './header.js'
export { nearest } from './nearest.js'
export { Progress, type ProgressOptions, type ProgressStream } from './progress.js'
export { eventsFile, openRun, type Recovery, type Run, summaryFile } from './run.js'
export { readSamples, type SampleLine } from './samples.js'
export { type Judgement, suiteHash, verdictKey } from './verdict-key.js'
export { type MalformedLine, readVerdicts, type VerdictRecord, verdictsFile } from './verdict-records.js'
