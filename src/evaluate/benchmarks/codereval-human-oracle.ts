/** CoderEval: what people wrote, and the names that the solution uses and does not define. */
import { coderEval } from '../codereval-rows.js'

export default coderEval('codereval-human-oracle', 'human', 'oracle')
