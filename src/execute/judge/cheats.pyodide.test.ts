/** The cheat corpus against the judge that needs nothing but npm install: two Pyodide processes. */
import { judgeCorpus } from './cheats.test-support.js'

judgeCorpus('python', 'wasm', ['threads'])
