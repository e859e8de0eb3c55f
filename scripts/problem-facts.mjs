/**
 * Writes src/evaluate/problem-facts.json: how many problems each benchmark has, in which languages and with how many tests.
 * Run it after adding a benchmark, with CUPEL_DATA set to a folder that holds its files: `node scripts/problem-facts.mjs`
 * (after a build). Benchmarks whose files are not there keep what was counted before.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

const { benchmarks, countedFacts } = await import(new URL('../dist/evaluate/index.js', import.meta.url).href)
const { loadProblems } = await import(new URL('../dist/runs/index.js', import.meta.url).href)
const output = new URL('../src/evaluate/problem-facts.json', import.meta.url)
const before = existsSync(output) ? JSON.parse(readFileSync(output, 'utf8')) : {}
/** @type {Record<string, object>} */
const facts = {}
for (const benchmark of benchmarks) {
  try {
    facts[benchmark.name] = countedFacts((await loadProblems(benchmark)).values())
  } catch (error) {
    console.log(`${benchmark.name}: not counted (${error instanceof Error ? error.message : error})`)
    if (before[benchmark.name]) facts[benchmark.name] = before[benchmark.name]
  }
}
writeFileSync(output, `${JSON.stringify(facts, null, 2)}\n`)
console.log(`${Object.keys(facts).length} of ${benchmarks.length} benchmarks are counted`)
