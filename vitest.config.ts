import { defineConfig } from 'vitest/config'
import AcceptanceReporter from './scripts/acceptance-reporter.mjs'

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'scripts/**/*.test.ts'],
    environment: 'node',
    // Processes, not threads: tests start sandboxes, send signals and change limits.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // The JSON report is what `scripts/totals.mjs` counts for CI.
    reporters: ['default', ['json', { outputFile: 'build/vitest.json' }], new AcceptanceReporter()],
  },
})
