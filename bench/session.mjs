/**
 * What it costs to try n continuations from one warmed Python state (a module imported, a table of numbers built):
 *
 *   fork      `session.fork(n)`, one cell in each branch, and closing them.
 *   replay    what there is without it: n processes of python3, without isolation, that run the same cells from the start.
 *   reopen    the same with n fresh sessions of Cupel.
 *
 * Wall clock, rounds in turn so that the machine's other load falls on all alike; a ratio is the median over rounds. The
 * cost of a branch is a fork of the interpreter (page tables), its namespaces, and the pages that it writes to.
 */
import { spawn } from 'node:child_process'
import { Sandbox } from '../dist/execute/index.js'
import { findPython } from '../dist/execute/sandbox/native/interpreter.js'

const rounds = 7
const branches = 16
const lanes = 2
const state = 'import json, re, collections\ntable = {i: str(i) * 3 for i in range(300_000)}'
const cell = (i) => `table[-1] = ${i}\nprint(len(table), table[-1])`
const printed = (i) => `300001 ${i}\n`

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1]

async function milliseconds(work) {
  const began = performance.now()
  await work()
  return performance.now() - began
}

function expectPrinted(i, stdout) {
  if (stdout !== printed(i)) throw new Error(`branch ${i} printed ${JSON.stringify(stdout)}`)
}

async function fork(session) {
  const all = await session.fork(branches)
  await Promise.all(all.map(async (branch, i) => expectPrinted(i, (await branch.run(cell(i))).stdout)))
  await Promise.all(all.map((branch) => branch.close()))
}

async function inLanes(one) {
  let next = 0
  const lane = async () => {
    while (next < branches) await one(next++)
  }
  await Promise.all(Array.from({ length: lanes }, lane))
}

function replay(python) {
  return inLanes(
    (i) =>
      new Promise((resolve, reject) => {
        const child = spawn(python, ['-c', `${state}\n${cell(i)}`], { stdio: ['ignore', 'pipe', 'inherit'] })
        let out = ''
        child.stdout.on('data', (part) => {
          out += part
        })
        child.on('error', reject)
        child.on('close', () => (out === printed(i) ? resolve() : reject(new Error(`python3 printed ${out}`))))
      }),
  )
}

function reopen(sandbox) {
  return inLanes(async (i) => {
    const session = await sandbox.session({ language: 'python' })
    await session.run(state)
    expectPrinted(i, (await session.run(cell(i))).stdout)
    await session.close()
  })
}

export default async function bench() {
  const sandbox = await Sandbox.open({ isolation: 'native' })
  const python = (await findPython())?.path
  if (!python) throw new Error('python3 is needed')
  try {
    const session = await sandbox.session({ language: 'python' })
    await session.run(state)
    const ways = { fork: () => fork(session), replay: () => replay(python), reopen: () => reopen(sandbox) }
    await fork(session)
    const ms = Object.fromEntries(Object.keys(ways).map((name) => [name, []]))
    for (let round = 0; round < rounds; round++)
      for (const [name, way] of Object.entries(ways)) ms[name].push(await milliseconds(way))
    const over = (name) => Math.round(median(ms[name].map((value, i) => value / ms.fork[i])) * 100) / 100
    return {
      ratios: { 'replay / fork': over('replay'), 'reopen / fork': over('reopen') },
      details: {
        branches,
        lanes,
        isolation: session.isolation,
        'ms per branch': Object.fromEntries(
          Object.entries(ms).map(([name, values]) => [name, Math.round((median(values) / branches) * 100) / 100]),
        ),
      },
    }
  } finally {
    await sandbox.close()
  }
}
