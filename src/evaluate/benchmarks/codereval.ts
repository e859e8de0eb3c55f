/** CoderEval: functions of real projects, asked for by their docstrings alone. Its other prompts are benchmarks beside it. */
import { defineBenchmark } from '../../kernel/index.js'
import { coderEval } from '../codereval-rows.js'

export default defineBenchmark(
  coderEval('codereval', 'original', 'none', {
    acceptance: {
      a: 'the loader validates the published 230 Python and 230 Java rows and prints how many are of each level',
      b: 'in three small projects (Python with a third-party dependency, Python class, Java class) the reference passes, a wrong body fails, a Java body that does not compile is a compile error, and every file stays as it was, byte by byte',
      c: 'pass@k by the six levels and by standalone and non-standalone equals what is computed by hand',
      d: 'Acc@k on crafted outputs equals the count by hand',
      e: 'prompts switch the description and the context and never hold the body',
    },
  }),
)
