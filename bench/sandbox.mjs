/**
 * Isolated executions per second of a trivial Python program, against its peers, in one run: two lanes each, rounds in
 * turn so that the machine's other load falls on all of them alike. Ratios are the median over rounds of
 * (ours / peer).
 *
 * The cost of one execution: fork of a warm interpreter (page-table copy), pid and mount namespace, tmpfs, proc,
 * seccomp, and above all the copy-on-write faults of the pages the interpreter touches.
 */
import { execFileSync, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { Sandbox } from '../dist/execute/index.js'
import { findPython } from '../dist/execute/sandbox/native/interpreter.js'

const lanes = 2
const rounds = 7
const perRound = { cupel: 300, spawn: 60 }
const program = { language: 'python', files: { 'main.py': 'print(1)' }, entry: 'main.py' }

function runProcess(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    let out = ''
    child.stdout.on('data', (part) => {
      out += part
    })
    child.on('error', reject)
    child.on('close', (code) =>
      out === '1\n' ? resolve() : reject(new Error(`${command} ended with ${code}: ${out}`)),
    )
  })
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

function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[sorted.length >> 1]
}

function round(value) {
  return Math.round(value * 100) / 100
}

function hasBubblewrap() {
  try {
    execFileSync('bwrap', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

export default async function bench() {
  const python = await findPython()
  if (!python) throw new Error('there is no Python 3 to compare with')
  const sandbox = await Sandbox.open({ isolation: 'native', workers: lanes })
  const peers = {
    'python3 -c': [python.path, ['-c', 'print(1)']],
    'python3 -I -S': [python.path, ['-I', '-S', '-c', 'print(1)']],
  }
  if (hasBubblewrap()) {
    const folders = ['/usr', '/bin', '/lib', '/lib64', ...python.folders].filter((folder) => existsSync(folder))
    const binds = folders.flatMap((folder) => ['--ro-bind', folder, folder])
    const wrap = [
      '--unshare-all',
      '--die-with-parent',
      '--new-session',
      ...binds,
      '--proc',
      '/proc',
      '--dev',
      '/dev',
      '--tmpfs',
      '/tmp',
      '--chdir',
      '/tmp',
    ]
    peers['bubblewrap + python3'] = ['bwrap', [...wrap, python.path, '-I', '-S', '-c', 'print(1)']]
  }
  try {
    await cupelPerSecond(sandbox, 40)
    const speeds = { cupel: [], ...Object.fromEntries(Object.keys(peers).map((name) => [name, []])) }
    for (let round = 0; round < rounds; round++) {
      speeds.cupel.push(await cupelPerSecond(sandbox, perRound.cupel))
      for (const [name, [command, args]] of Object.entries(peers))
        speeds[name].push(await perSecond(perRound.spawn, () => runProcess(command, args)))
    }
    const ratios = {}
    for (const name of Object.keys(peers))
      ratios[name] = round(median(speeds.cupel.map((speed, i) => speed / speeds[name][i])))
    const details = {
      python: `${python.path} ${python.version}`,
      isolation: await sandbox.isolationOf('python'),
      lanes,
      perSecond: Object.fromEntries(Object.entries(speeds).map(([name, values]) => [name, Math.round(median(values))])),
      ...(peers['bubblewrap + python3']
        ? {}
        : { missing: 'bubblewrap is not installed, so it was not compared (apt-get install bubblewrap)' }),
    }
    return { ratios, details }
  } finally {
    await sandbox.close()
  }
}
