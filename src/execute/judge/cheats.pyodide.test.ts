/** The cheat corpus against the judge that needs nothing but npm install: two Pyodide processes. */
import { judgeCorpus } from './cheats.test-support.js'

judgeCorpus('python', 'wasm', { lacks: ['threads'], every: process.env.CUPEL_ALL_CHEATS ? 1 : 3 })
