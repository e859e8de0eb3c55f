/** CoderEval: docstrings, and the rest of the file. */
import { defineBenchmark } from '../../kernel/index.js'
import { coderEval } from '../codereval-rows.js'

export default defineBenchmark(coderEval('codereval-file', 'original', 'file'))
