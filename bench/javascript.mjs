/**
 * Isolated executions per second of a trivial program, for interpreters that are kept warm and forked whole, against
 * spawning the interpreter itself without any isolation: two lanes each, rounds in turn so that the machine's other load
 * falls on all of them alike. Ratios are the median over rounds of (ours / peer). And the other side: processor time of
 * long programs in a fork, against the same in an interpreter of their own in the same sandbox.
 *
 * The cost of one execution: fork (page tables, threads), namespaces, and the pages that the interpreter writes to.
 */
import { Sandbox } from '../dist/execute/index.js'
import { spawned } from './peers/spawned.mjs'

const lanes = 2
const rounds = 5
const slotMs = 1500

const trivial = {
  javascript: { file: 'main.js', source: 'console.log(1)', command: [process.execPath, '-e', 'console.log(1)'] },
  typescript: {
    file: 'main.ts',
    source: 'const one: number = 1\nconsole.log(one)',
    command: [process.execPath, '-e', 'console.log(1)'],
  },
  ruby: { file: 'main.rb', source: 'puts 1', command: ['ruby', '-e', 'puts 1'] },
  php: { file: 'main.php', source: '<?php echo "1\\n";', command: ['php', '-r', 'echo "1\\n";'] },
  r: { file: 'main.R', source: 'cat("1\\n")', command: ['Rscript', '--vanilla', '-e', 'cat("1\\n")'] },
  clojure: {
    file: 'main.clj',
    source: '(println 1)',
    command: ['java', '-cp', '/usr/share/java/clojure.jar', 'clojure.main', '-e', '(println 1)'],
  },
}

const long = {
  numbers: 'let s = 0; for (let r = 0; r < 4; r++) for (let i = 0; i < 6e7; i++) s = (s * 31 + i) | 0; console.log(s)',
  objects: 'const m = new Map(); for (let i = 0; i < 3e6; i++) m.set("k" + (i % 50000), { i }); console.log(m.size)',
  json: 'const o = Array.from({ length: 20000 }, (_, i) => ({ i, l: [i] })); for (let i = 0; i < 30; i++) JSON.parse(JSON.stringify(o)); console.log(o.length)',
  text: 'const t = "abc123def ".repeat(20000); let n = 0; for (let i = 0; i < 30; i++) n += [...t.matchAll(/([a-z]+)(\\d+)/g)].length; console.log(n)',
  garbage:
    'let k = 0; for (let r = 0; r < 50; r++) { const a = []; for (let i = 0; i < 1e5; i++) a.push({ i, t: [i] }); k += a.length } console.log(k)',
}

/** Executions that were begun while the slot lasted, per second until the last of them ended. */
async function spawnedPerSecond(command) {
  const began = performance.now()
  let count = 0
  const lane = async () => {
    while (performance.now() - began < slotMs) {
      count++
      await spawned(command[0], command.slice(1))
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return count / ((performance.now() - began) / 1000)
}

async function ownPerSecond(sandbox, program) {
  const began = performance.now()
  let count = 0
  function* programs() {
    while (performance.now() - began < slotMs) {
      count++
      yield program
    }
  }
  for await (const done of sandbox.runMany(programs()))
    if (done.stdout !== '1\n') throw new Error(`the sandbox gave ${JSON.stringify(done)}`)
  return count / ((performance.now() - began) / 1000)
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[sorted.length >> 1]
}

const round = (value) => Math.round(value * 100) / 100

/** Processor time of a fork over that of an interpreter of its own: few processes are what forks are not for. */
async function longPrograms(sandbox) {
  const ratios = {}
  for (const [name, source] of Object.entries(long)) {
    const program = { language: 'javascript', files: { 'main.js': source }, entry: 'main.js' }
    const pairs = []
    for (let i = 0; i < rounds; i++) {
      const [fork, own] = [await sandbox.run(program), await sandbox.run(program, { processes: 23 })]
      if (fork.outcome !== 'ok' || fork.stdout !== own.stdout) throw new Error(JSON.stringify([fork, own]))
      pairs.push(fork.cpuMs / own.cpuMs)
    }
    ratios[name] = round(median(pairs))
  }
  return ratios
}

export default async function bench() {
  const sandbox = await Sandbox.open({ isolation: 'native', workers: lanes })
  try {
    const ratios = {}
    const perSecond = {}
    const missing = []
    for (const [language, { file, source, command }] of Object.entries(trivial)) {
      if ((await sandbox.status(language)).version === null) {
        missing.push(language)
        continue
      }
      const program = { language, files: { [file]: source }, entry: file }
      const pairs = []
      await ownPerSecond(sandbox, program) // its warm servers start meanwhile
      for (let i = 0; i < rounds; i++)
        pairs.push([await ownPerSecond(sandbox, program), await spawnedPerSecond(command)])
      ratios[`${language}, spawned`] = round(median(pairs.map(([own, spawned]) => own / spawned)))
      perSecond[language] = [0, 1].map((side) => round(median(pairs.map((pair) => pair[side]))))
    }
    const details = {
      node: process.version,
      isolation: await sandbox.isolationOf('javascript'),
      lanes,
      'per second, ours and spawned': perSecond,
      'long programs, CPU of a fork over CPU of their own node': await longPrograms(sandbox),
      ...(missing.length > 0 ? { missing: `not installed, so not compared: ${missing.join(', ')}` } : {}),
    }
    return { ratios, details }
  } finally {
    await sandbox.close()
  }
}
