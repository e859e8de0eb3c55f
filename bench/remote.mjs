/**
 * Isolated executions per second of a trivial Python program on another Cupel server (loopback, a process of its own),
 * against the same here, in one run: rounds in turn, and the ratio is the median over rounds of (remote / here). Client
 * and server share this machine's cores, so the ratio is what the protocol costs in CPU; over a network they would not.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { Sandbox } from '../dist/execute/index.js'

const lanes = 2
const rounds = 7
const perRound = 300
const program = { language: 'python', files: { 'main.py': 'print(1)' }, entry: 'main.py' }

async function perSecond(sandbox) {
  const began = performance.now()
  for await (const done of sandbox.runMany(Array.from({ length: perRound }, () => program)))
    if (done.stdout !== '1\n') throw new Error(`the sandbox gave ${JSON.stringify(done)}`)
  return perRound / ((performance.now() - began) / 1000)
}

function median(values) {
  return [...values].sort((a, b) => a - b)[values.length >> 1]
}

export default async function bench() {
  const script = fileURLToPath(new URL('../scripts/serve-remote.mjs', import.meta.url))
  const server = spawn(process.execPath, [script, '0'], { stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    const [url] = await once(createInterface({ input: server.stdout }), 'line')
    const here = await Sandbox.open({ isolation: 'native', workers: lanes })
    const there = await Sandbox.open({ isolation: `remote:${url}` })
    try {
      const speeds = { remote: [], here: [] }
      for (const sandbox of [here, there]) await perSecond(sandbox)
      for (let round = 0; round < rounds; round++) {
        speeds.here.push(await perSecond(here))
        speeds.remote.push(await perSecond(there))
      }
      const ratio = median(speeds.remote.map((speed, i) => speed / speeds.here[i]))
      return {
        ratios: { 'remote over loopback / here': Math.round(ratio * 100) / 100 },
        details: {
          isolation: await there.isolationOf('python'),
          lanes,
          perSecond: { remote: Math.round(median(speeds.remote)), here: Math.round(median(speeds.here)) },
        },
      }
    } finally {
      await there.close()
      await here.close()
    }
  } finally {
    server.kill()
  }
}
