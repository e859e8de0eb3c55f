/** CoderEval: what people wrote, and the names that the solution uses and does not define. */
import { defineBenchmark } from '../../kernel/index.js'
import { coderEval } from '../codereval-rows.js'

export default defineBenchmark(coderEval('codereval-human-oracle', 'human', 'oracle'))
