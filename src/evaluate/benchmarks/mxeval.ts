/** Problems in the shape of mxeval from a folder: those that `cupel translate` writes, or anybody's. */
import { defineBenchmark } from '../../kernel/index.js'
import { mxevalProblem, mxevalRow } from '../mxeval-rows.js'
import { completed } from '../published-languages.js'

export default defineBenchmark({
  name: 'mxeval',
  summary: 'problems in the shape of MBXP from a folder (--data FOLDER), as cupel translate writes them',
  source: {
    title: 'Multi-lingual Evaluation of Code Generation Models',
    year: 2023,
    link: 'https://arxiv.org/abs/2210.14868',
    system: 4,
  },
  licence: 'that of the problems',
  data: [],
  rowFields: ['task_id', 'entry_point', 'test', 'language'],
  row: mxevalRow,
  *problems([rows = []]) {
    for (const row of rows) yield mxevalProblem(row)
  },
  complete: completed,
  k: [1, 10, 100],
  limits: { cpuSeconds: 5, wallSeconds: 60, memoryMb: 2048 },
})
