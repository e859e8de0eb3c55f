/** CoderEval: what people wrote who saw the code. */
import { defineBenchmark } from '../../kernel/index.js'
import { coderEval } from '../codereval-rows.js'

export default defineBenchmark(coderEval('codereval-human', 'human', 'none'))
