/**
 * The judge for JavaScript: script and candidate in two WebAssembly modules; what passes between them is text.
 * Covers: calls, callbacks, promises and handles in both directions; one CPU deadline for both.
 * Does not cover: a defect in QuickJS or V8 that lets code out of its module. Expected values are never in the candidate's
 * memory, but they are in this process.
 */
import { sleep } from './frames.mjs'
import { outlet, surround } from './run-javascript.mjs'

const none = new Map()

export function examine(job, [candidate, examiner], used) {
  const shared = { stop: undefined, meter: used, cpuMs: job.cpuMs }
  const output = outlet(shared, job.outputBytes)
  candidate.limit({ memoryBytes: job.memoryBytes, stackBytes: Math.floor(job.stackBytes * 0.75), shared })
  examiner.limit({ memoryBytes: 512 * 1024 * 1024, stackBytes: Math.floor(job.stackBytes * 0.2), shared })
  candidate.role = 'candidate'
  examiner.role = 'examiner'
  let calls = 0
  let broken
  const state = { error: undefined }

  /** Text to the other side's `serve`, its answer back. */
  const pass = (to, from, object) => (text) => {
    const message = from.text(text)
    if (to === candidate && /^\["(apply|construct)"/.test(message)) calls++
    const handle = to.vm.newString(message)
    const result = to.vm.callFunction(to.serve, to.vm.undefined, handle)
    handle.dispose()
    if (result.error === undefined) return result.value.consume((h) => to.text(h))
    if (shared.stop === undefined) {
      if (to.isOutOfMemory(result.error)) shared.stop = { kind: 'memory-limit' }
      else broken ??= `${object}: ${JSON.stringify(to.vm.dump(result.error))}`.slice(0, 300)
      shared.stop ??= { kind: 'protocol', reason: `The candidate's side could not answer (${broken}).` }
    }
    return { error: from.vm.newError('stopped') }
  }

  const end = (extra = {}) => {
    return { calls, ...extra, ...output.collected(), stop: shared.stop }
  }

  // --- the candidate's module
  const base = { files: none, entry: 'main.js', stdin: new Uint8Array(), args: [], env: {}, output, shared }
  const world = { candidate: undefined, examiner: undefined }
  const globals = (js, environment) => {
    const main = js.vm.getProp(environment, 'main')
    js.vm.setProp(js.vm.global, 'module', main)
    js.vm.setProp(js.vm.global, 'exports', js.vm.getProp(main, 'exports'))
    js.vm.setProp(js.vm.global, 'require', js.must(js.method(environment, 'requireFrom', js.vm.newString(''))))
  }
  const link = (js, other) =>
    js.object({
      call: pass(other, js, 'call'),
      settle: pass(other, js, 'settle'),
      exhausted() {
        shared.stop ??= { kind: 'memory-limit' }
      },
    })
  const parts = (js) => {
    const values = js.load('values')
    return [js.load('wire', [values, js.load('encode', [values]), js.load('decode', [values])]), js.load('handles')]
  }

  const candidateEnd = candidate.load('candidate', [...parts(candidate), link(candidate, examiner)])
  candidate.serve = candidate.vm.getProp(candidateEnd, 'serve')
  world.candidate = surround(candidate, { ...base, onUncaught: () => {} })
  globals(candidate, world.candidate.environment)

  // --- the examiner's module
  const show = examiner.load('inspect')
  const judge = examiner.load('examiner', [
    ...parts(examiner),
    examiner.load('assert'),
    show,
    link(examiner, candidate),
  ])
  examiner.serve = examiner.vm.getProp(judge, 'serve')
  const kit = examiner.vm.getProp(judge, 'assertions')
  const fail = (error) => {
    if (shared.stop !== undefined) return
    if (examiner.isOutOfMemory(error))
      shared.stop = { kind: 'infrastructure', reason: 'The test script ran out of memory.' }
    else examiner.must(examiner.method(judge, 'fail', error))
  }
  world.examiner = surround(examiner, { ...base, assertions: kit, onUncaught: fail })
  globals(examiner, world.examiner.environment)
  examiner.vm.setProp(examiner.vm.global, 'assert', examiner.vm.getProp(kit, 'assert'))
  const soft = examiner.vm.getProp(kit, 'soft')
  examiner.vm.setProp(examiner.vm.getProp(examiner.vm.global, 'console'), 'assert', soft)

  // --- the candidate's own top level
  const compiled = candidate.vm.evalCode(job.code, 'candidate.js', { compileOnly: true })
  if (compiled.error !== undefined) return end({ thrown: candidate.vm.dump(compiled.error), at: 'compile' })
  const loaded = candidate.vm.evalCode(job.code, 'candidate.js')
  if (loaded.error !== undefined) {
    if (shared.stop === undefined && candidate.isOutOfMemory(loaded.error)) shared.stop = { kind: 'memory-limit' }
    return end(shared.stop === undefined ? { thrown: candidate.vm.dump(loaded.error), at: 'definition' } : {})
  }
  if (shared.stop !== undefined) return end()

  // --- the tests
  for (const trusted of job.trusted) {
    const made = examiner.vm.evalCode(trusted, 'trusted.js')
    if (made.error === undefined) break
    state.error = made.error
  }
  examiner.must(examiner.method(judge, 'open', examiner.vm.newString(job.entryPoint)))
  const script = examiner.vm.evalCode(job.script, 'test.js')
  if (script.error !== undefined) fail(script.error)
  else {
    const { vm } = examiner
    examiner.must(examiner.method(judge, 'finish', script.value, job.callCheck ? vm.true : vm.false))
  }
  settle()
  if (shared.stop?.kind === 'exit' && shared.stop.by === 'examiner' && shared.stop.code === 0) shared.stop = undefined
  if (shared.stop !== undefined) return end()
  return end({ report: JSON.parse(examiner.text(examiner.must(examiner.method(judge, 'report')))) })

  /** Jobs and timers of both modules until the script's promises have their end. */
  function settle() {
    while (shared.stop === undefined) {
      const failed = examiner.drain()
      if (failed !== undefined) fail(failed)
      candidate.drain()
      if (shared.stop !== undefined) return
      if (examiner.runtime.hasPendingJob() || candidate.runtime.hasPendingJob()) continue
      const status = examiner.text(examiner.must(examiner.method(judge, 'state')))
      if (status === 'failed') return
      const waits = [turnOf(examiner, world.examiner, fail)]
      if (status !== 'done') waits.push(turnOf(candidate, world.candidate, () => {}))
      const left = waits.filter((ms) => ms >= 0)
      const busy = examiner.runtime.hasPendingJob() || candidate.runtime.hasPendingJob()
      if (left.length === 0 && !busy) {
        if (status !== 'done')
          shared.stop ??= { kind: 'time-limit', limit: 'wall', reason: 'A promise the tests wait for never settles.' }
        return
      }
      const next = Math.min(...left)
      if (next > 0 && !busy) sleep(next)
    }
  }
  function turnOf(js, surroundings, onError) {
    const result = js.vm.callFunction(surroundings.turn, js.vm.undefined)
    if (result.error === undefined) return js.vm.getNumber(result.value)
    onError(result.error)
    return 0
  }
}
