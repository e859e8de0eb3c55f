#!/usr/bin/env node
/** The command `cupel`. */
import { failWith } from './failure.js'
import { run } from './program.js'
import { surviveClosedPipes } from './streams.js'

surviveClosedPipes()
process.on('uncaughtException', (error) => process.exit(failWith(error)))
process.on('unhandledRejection', (error) => process.exit(failWith(error)))
// The sandbox's own processes do not keep this one alive, and a command may wait for nothing else.
const alive = setInterval(() => {}, 2 ** 30)
await run(process.argv)
clearInterval(alive)
