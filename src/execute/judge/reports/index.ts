/** The readers of test runners' reports, by the name a suite gives. Each is a pure function. */
import type { ReportFormat } from '../../../kernel/index.js'
import { readCargoTest } from './cargo-test.js'
import { readExitStatus } from './exit-status.js'
import { readGoTest, readGoTestJson } from './go-test.js'
import { readGradle } from './gradle.js'
import { readJest, readJestJson, readVitest } from './jest.js'
import { readJunit } from './junit.js'
import { readMaven } from './maven.js'
import { readMocha, readMochaJson } from './mocha.js'
import { readPytest } from './pytest.js'
import type { RunnerOutput, TestReport } from './report.js'
import { readSweBenchPytest, readSweBenchUnittest } from './swe-bench.js'
import { readSympy } from './sympy.js'
import { readUnittest } from './unittest.js'

const readers: Readonly<Record<ReportFormat, (output: RunnerOutput) => TestReport>> = {
  'cargo-test': readCargoTest,
  'exit-status': readExitStatus,
  'go-test': readGoTest,
  'go-test-json': readGoTestJson,
  gradle: readGradle,
  jest: readJest,
  'jest-json': readJestJson,
  junit: readJunit,
  maven: readMaven,
  mocha: readMocha,
  'mocha-json': readMochaJson,
  pytest: readPytest,
  'swe-bench-pytest': readSweBenchPytest,
  'swe-bench-unittest': readSweBenchUnittest,
  sympy: readSympy,
  unittest: readUnittest,
  vitest: readVitest,
  'vitest-json': readJestJson,
}

export function readReport(format: ReportFormat, output: RunnerOutput): TestReport {
  return readers[format](output)
}

export { exitStatus } from './exit-status.js'
export type { ReportedStatus, RunnerOutput, TestReport } from './report.js'
