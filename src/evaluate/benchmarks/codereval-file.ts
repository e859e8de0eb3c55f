/** CoderEval: docstrings, and the rest of the file. */
import { coderEval } from '../codereval-rows.js'

export default coderEval('codereval-file', 'original', 'file')
