/** Problems that belong together, by a key of their metadata. */
import type { ClusterOf } from '../evaluate/index.js'
import { type Benchmark, UsageError } from '../kernel/index.js'
import { loadProblems } from './problems.js'

/**
 * The cluster of a problem: its value of `key` in the metadata, or its `language` or `kind`. Reads the benchmark's data.
 * Throws what loading the problems throws; the function throws UsageError for a problem without the key.
 */
export async function clustersBy(benchmark: Benchmark, key: string): Promise<ClusterOf> {
  const problems = await loadProblems(benchmark)
  return (problemId) => {
    const problem = problems.get(problemId)?.problem
    if (!problem) throw new UsageError(`${benchmark.name} has no problem «${problemId}»: is its data another version?`)
    const { language, kind, metadata } = problem
    const keys: Readonly<Record<string, unknown>> = { language, kind, ...metadata }
    if (!Object.hasOwn(keys, key) || keys[key] === undefined)
      throw new UsageError(
        `the problem ${problemId} of ${benchmark.name} has no «${key}»: it has ${Object.keys(keys).join(', ')}`,
      )
    return JSON.stringify(keys[key])
  }
}
