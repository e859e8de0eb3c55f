/** Reports of a run: gathered once, written in several formats. */
export { csvReport } from './csv.js'
export { gather } from './gather.js'
export type { Gathered } from './gathered.js'
export { htmlReport } from './html.js'
export { jsonReport } from './json.js'
export { junitReport } from './junit.js'
export { markdownReport } from './markdown.js'
export { metricTables } from './metric-tables.js'
