/** CoderEval: what people wrote who saw the code. */
import { coderEval } from '../codereval-rows.js'

export default coderEval('codereval-human', 'human', 'none')
