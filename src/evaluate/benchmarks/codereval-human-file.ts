/** CoderEval: what people wrote, and the rest of the file. */
import { coderEval } from '../codereval-rows.js'

export default coderEval('codereval-human-file', 'human', 'file')
