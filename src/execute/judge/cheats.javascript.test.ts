/** The cheat corpus in JavaScript: test script and candidate in two WebAssembly modules. */
import { judgeCorpus } from './cheats.test-support.js'

judgeCorpus('javascript', 'wasm', { lacks: ['event-loop'] })
