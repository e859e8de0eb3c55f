/** The attack corpus against the native isolation, as whoever runs the tests: tier A as root, else tier B. */
import { describeAttacks, loadAttacks } from './attacks.test-support.js'

describeAttacks('native', loadAttacks())
