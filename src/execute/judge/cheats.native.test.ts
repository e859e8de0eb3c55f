/** The cheat corpus against the native judge. */
import { judgeCorpus } from './cheats.test-support.js'

judgeCorpus('python', 'native')
