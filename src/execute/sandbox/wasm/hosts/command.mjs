/**
 * Child process for compiled programs: takes jobs with a WASI module each, whose `_start` is run in an instance of its own.
 * Covers: see guest.mjs. A module may import WASI and what guest.mjs gives, nothing else.
 * Does not cover: a guest that got out of its module into this process; it could meet the next job here. Therefore a
 * child retires after some jobs.
 */
import process from 'node:process'
import { meter, receive, send } from './frames.mjs'
import { compileModule, decode, filesOf, makeGuest, runGuest } from './guest.mjs'
import { harden } from './harden.mjs'

const jobsPerChild = 40
const end = process.exit.bind(process)
harden()
send({ ready: true })

for (let jobs = 1; ; jobs++) {
  const job = receive()
  const used = meter()
  const compiled = compileModule(decode(job.module))
  const guest = makeGuest(compiled, job, used, { files: filesOf(job), args: [job.name, ...job.args], env: job.env })
  const report = runGuest(guest, ({ _start }) => void _start())
  const kept = jobs < jobsPerChild
  send({ nonce: job.nonce, ...report, cpuMs: used.cpuMs(), kept })
  if (!kept) end(0)
}
