/**
 * Isolated executions of a trivial Python program, against its peers, in one run. Ratios are medians over rounds in
 * which all take turns, so that the machine's other load falls on all of them alike:
 *
 *   sustained   executions per second in two lanes, ours / the peer's
 *   latency     median of one at a time, ours / the peer's (below 1 is better)
 *   bare fork   ours / fork and exit of the same warm interpreter without isolation, the bound that cannot be passed
 *
 * What one execution costs: the fork (page tables) and the pages the interpreter writes to, which are copied; then pid
 * and mount namespace, tmpfs, proc and seccomp.
 */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { Sandbox } from '../dist/execute/index.js'
import { spawned } from './peers/spawned.mjs'
import { findPython } from '../dist/execute/sandbox/native/interpreter.js'
import { openBareFork } from './peers/bare-fork.mjs'
import { openUnprivileged, whyNotUnprivileged } from './peers/unprivileged.mjs'

const lanes = 2
const rounds = 9
const perRound = { cupel: 400, spawn: 60, one: 40, fork: 1000, import: 10 }
const program = { language: 'python', files: { 'main.py': 'print(1)' }, entry: 'main.py' }
const importing = { ...program, files: { 'main.py': 'import numpy\nprint(1)' }, preimport: ['numpy'] }

async function runCupel(sandbox, what = program) {
  const done = await sandbox.run(what)
  if (done.stdout !== '1\n') throw new Error(`the sandbox gave ${JSON.stringify(done)}`)
}

async function perSecond(count, one) {
  let left = count
  const began = performance.now()
  const lane = async () => {
    while (left-- > 0) await one()
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return count / ((performance.now() - began) / 1000)
}

async function cupelPerSecond(sandbox, count) {
  const began = performance.now()
  const programs = Array.from({ length: count }, () => program)
  for await (const done of sandbox.runMany(programs))
    if (done.stdout !== '1\n') throw new Error(`the sandbox gave ${JSON.stringify(done)}`)
  return count / ((performance.now() - began) / 1000)
}

/** Milliseconds of each, one at a time. */
async function latency(count, one) {
  const all = []
  for (let i = 0; i < count; i++) {
    const began = performance.now()
    await one()
    all.push(performance.now() - began)
  }
  return median(all)
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[sorted.length >> 1]
}

function round(value) {
  return Math.round(value * 100) / 100
}

function works(command, args) {
  try {
    execFileSync(command, args, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

function peersOf(python) {
  const peers = {
    'python3 -c': [python.path, ['-c', 'print(1)']],
    'python3 -I -S': [python.path, ['-I', '-S', '-c', 'print(1)']],
  }
  if (!works('bwrap', ['--version'])) return peers
  const folders = ['/usr', '/bin', '/lib', '/lib64', ...python.folders].filter((folder) => existsSync(folder))
  const binds = folders.flatMap((folder) => ['--ro-bind', folder, folder])
  const alone = ['--unshare-all', '--die-with-parent', '--new-session', ...binds]
  const own = ['--proc', '/proc', '--dev', '/dev', '--tmpfs', '/tmp', '--chdir', '/tmp']
  peers['bubblewrap + python3'] = ['bwrap', [...alone, ...own, python.path, '-I', '-S', '-c', 'print(1)']]
  return peers
}

export default async function bench() {
  const python = await findPython()
  if (!python) throw new Error('there is no Python 3 to compare with')
  const peers = peersOf(python)
  const numpy = works(python.path, ['-I', '-c', 'import numpy'])
  const sandbox = await Sandbox.open({ isolation: 'native', workers: lanes })
  const isolation = await sandbox.isolationOf('python')
  const bare = openBareFork(python.path, lanes)
  const whyNotB = isolation.tier === 'B' ? 'this is tier B' : whyNotUnprivileged()
  const tierB = whyNotB === null ? await openUnprivileged(lanes, program) : null
  const missing = [
    ...(peers['bubblewrap + python3'] ? [] : ['bubblewrap is not installed (apt-get install bubblewrap)']),
    ...(numpy ? [] : [`${python.path} has no numpy (apt-get install python3-numpy)`]),
    ...(whyNotB === null ? [] : [`no other user's sandbox: ${whyNotB}`]),
  ]
  const speeds = {}
  const latencies = {}
  const note = (table, name, value) => {
    table[name] ??= []
    table[name].push(value)
  }
  try {
    await cupelPerSecond(sandbox, 100)
    await bare.perSecond(100)
    await tierB?.perSecond(100)
    if (numpy) await runCupel(sandbox, importing)
    for (let i = 0; i < rounds; i++) {
      note(speeds, 'cupel', await cupelPerSecond(sandbox, perRound.cupel))
      if (tierB) note(speeds, `cupel, tier ${tierB.tier}`, await tierB.perSecond(perRound.cupel))
      note(latencies, 'cupel', await latency(perRound.one, () => runCupel(sandbox)))
      for (const [name, [command, args]] of Object.entries(peers)) {
        note(speeds, name, await perSecond(perRound.spawn, () => spawned(command, args)))
        note(latencies, name, await latency(perRound.one, () => spawned(command, args)))
      }
      note(speeds, 'bare fork limit', await bare.perSecond(perRound.fork))
      if (!numpy) continue
      note(speeds, 'cupel, numpy imported', await perSecond(perRound.cupel / 4, () => runCupel(sandbox, importing)))
      const withImport = () => spawned(python.path, ['-c', 'import numpy; print(1)'])
      note(speeds, 'python3 -c, imports numpy', await perSecond(perRound.import, withImport))
    }
    const ratio = (table, ours, theirs) => round(median(table[ours].map((value, i) => value / table[theirs][i])))
    const ratios = {}
    for (const name of Object.keys(peers)) ratios[name] = ratio(speeds, 'cupel', name)
    if (tierB) ratios[`python3 -c, tier ${tierB.tier}`] = ratio(speeds, `cupel, tier ${tierB.tier}`, 'python3 -c')
    for (const name of Object.keys(peers)) ratios[`latency, ${name}`] = ratio(latencies, 'cupel', name)
    if (numpy) ratios['import numpy'] = ratio(speeds, 'cupel, numpy imported', 'python3 -c, imports numpy')
    ratios['bare fork limit'] = ratio(speeds, 'cupel', 'bare fork limit')
    const medians = (table, digits) =>
      Object.fromEntries(Object.entries(table).map(([name, values]) => [name, digits(median(values))]))
    const details = {
      python: `${python.path} ${python.version}`,
      isolation,
      lanes,
      perSecond: medians(speeds, Math.round),
      latencyMs: medians(latencies, round),
      ...(missing.length > 0 ? { missing } : {}),
    }
    return { ratios, details }
  } finally {
    bare.close()
    tierB?.close()
    await sandbox.close()
  }
}
