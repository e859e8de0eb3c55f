/** CoderEval: what people wrote, and the rest of the file. */
import { defineBenchmark } from '../../kernel/index.js'
import { coderEval } from '../codereval-rows.js'

export default defineBenchmark(coderEval('codereval-human-file', 'human', 'file'))
