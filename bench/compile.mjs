/**
 * What compiled programs cost, in rounds in turn so that the machine's other load falls on all alike; a ratio is the
 * median over the rounds.
 *
 *   header    CPU time of compiling a program that begins with <bits/stdc++.h>: Cupel's (sandboxed, precompiled header) /
 *             plain g++'s with the same options. Three programs; compile time left after the header is the program's own.
 *   cached    one C++ program, 100 inputs: compiling for every input / compiled once.
 *   java      compiling and running Java programs that are all different: Cupel's (warm compiler, own process for the
 *             program) / javac and java, without isolation. Wall clock, two lanes each.
 *   run       runs per second of a trivial C binary: Cupel's / spawning the bare binary from node / in bubblewrap.
 */
import { execFile, execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Sandbox } from '../dist/execute/index.js'
import { spawned } from './peers/spawned.mjs'

const call = promisify(execFile)
const lanes = 2
const rounds = 5
const inputs = 100
/** Compiling for every input is measured on so many and multiplied. */
const compiledEach = 4
const perRound = 300
const perJavaRound = 12
const head = '#include <bits/stdc++.h>\nusing namespace std;\n'
const programs = {
  trivial: `${head}int main() { int n; cin >> n; cout << n * 2 << endl; }\n`,
  sorts: `${head}int main() { int n; cin >> n; vector<int> v(n); for (auto &x : v) cin >> x; sort(v.begin(), v.end());
for (int x : v) cout << x << ' '; cout << endl; }\n`,
  paths: `${head}int main() { int n, m; cin >> n >> m; vector<vector<pair<int, int>>> g(n);
while (m--) { int a, b, c; cin >> a >> b >> c; g[a].push_back({b, c}); }
priority_queue<pair<long, int>, vector<pair<long, int>>, greater<>> q; vector<long> d(n, LONG_MAX); q.push({d[0] = 0, 0});
while (!q.empty()) { auto [x, u] = q.top(); q.pop(); if (x > d[u]) continue;
for (auto [v, w] : g[u]) if (d[v] > x + w) q.push({d[v] = x + w, v}); }
for (long x : d) cout << x << ' '; cout << endl; }\n`,
}

function cpp(source) {
  return { language: 'cpp', files: { 'main.cpp': source }, entry: 'main.cpp', stdin: '1 0' }
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[sorted.length >> 1]
}

function ratio(above, below) {
  return Math.round(median(above.map((value, i) => value / below[i])) * 100) / 100
}

async function seconds(work) {
  const began = performance.now()
  await work()
  return (performance.now() - began) / 1000
}

async function inLanes(count, one) {
  let left = count
  const lane = async () => {
    while (left-- > 0) await one()
  }
  await Promise.all(Array.from({ length: lanes }, lane))
}

async function all(executions, stdout) {
  for await (const done of executions)
    if (done.outcome !== 'ok' || (stdout && done.stdout !== stdout)) throw new Error(JSON.stringify(done))
}

function has(command) {
  try {
    execFileSync(command, ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** CPU milliseconds (user and system) of plain g++. */
async function plainMs(folder, name) {
  const compile = `TIMEFORMAT='%U %S'; time g++ -O2 -std=c++17 -o ${name} ${name}.cpp`
  const { stderr } = await call('bash', ['--norc', '-c', compile], {
    cwd: folder,
    env: { PATH: process.env.PATH, LC_ALL: 'C' },
  })
  const [user, system] = stderr.trim().split('\n').at(-1).split(' ').map(Number)
  return (user + system) * 1000
}

async function header(fresh, folder) {
  const ratios = {}
  const ms = {}
  for (const name of Object.keys(programs)) {
    writeFileSync(join(folder, `${name}.cpp`), programs[name])
    const [ours, plain] = [[], []]
    for (let round = 0; round < rounds; round++) {
      const done = await fresh.run(cpp(programs[name]))
      if (done.outcome !== 'ok') throw new Error(JSON.stringify(done))
      ours.push(done.compile.cpuMs)
      plain.push(await plainMs(folder, name))
    }
    ratios[`header, ${name}`] = ratio(ours, plain)
    ms[name] = { cupel: Math.round(median(ours)), 'g++': Math.round(median(plain)) }
  }
  return { ratios, ms }
}

async function cached(sandbox, fresh) {
  const program = cpp(programs.sorts)
  const many = Array.from({ length: inputs }, (_, i) => ({ stdin: `2 ${i} 1` }))
  await all(sandbox.runInputs(program, many))
  const [each, once] = [[], []]
  for (let round = 0; round < rounds; round++) {
    once.push(await seconds(() => all(sandbox.runInputs(program, many))))
    const few = Array.from({ length: compiledEach }, () => program)
    each.push((await seconds(() => all(fresh.runMany(few)))) * (inputs / compiledEach))
  }
  return { ratio: ratio(each, once), seconds: { each: median(each), once: median(once) } }
}

function bubblewrap(binary) {
  const folders = ['/usr', '/bin', '/lib', '/lib64'].filter((folder) => existsSync(folder))
  const binds = folders.flatMap((folder) => ['--ro-bind', folder, folder])
  const rest = [
    '--proc',
    '/proc',
    '--dev',
    '/dev',
    '--tmpfs',
    '/tmp',
    '--ro-bind',
    binary,
    '/tmp/out',
    '--chdir',
    '/tmp',
  ]
  return ['bwrap', ['--unshare-all', '--die-with-parent', '--new-session', ...binds, ...rest, '/tmp/out']]
}

async function run(sandbox, folder) {
  const source = '#include <stdio.h>\nint main(void) { puts("1"); }\n'
  const program = { language: 'c', files: { 'main.c': source }, entry: 'main.c' }
  writeFileSync(join(folder, 'main.c'), source)
  const binary = join(folder, 'out')
  execFileSync('gcc', ['-O2', '-std=c17', '-o', binary, join(folder, 'main.c')])
  const ways = {
    cupel: () =>
      all(
        sandbox.runInputs(
          program,
          Array.from({ length: perRound }, () => ({})),
        ),
        '1\n',
      ),
    'bare binary': () => inLanes(perRound, () => spawned(binary, [])),
    ...(has('bwrap') ? { bubblewrap: () => inLanes(perRound, () => spawned(...bubblewrap(binary))) } : {}),
  }
  const speeds = Object.fromEntries(Object.keys(ways).map((name) => [name, []]))
  await ways.cupel()
  for (let round = 0; round < rounds; round++)
    for (const [name, way] of Object.entries(ways)) speeds[name].push(perRound / (await seconds(way)))
  const others = Object.keys(ways).slice(1)
  return {
    ratios: Object.fromEntries(others.map((name) => [`run, against ${name}`, ratio(speeds.cupel, speeds[name])])),
    perSecond: Object.fromEntries(Object.entries(speeds).map(([name, values]) => [name, Math.round(median(values))])),
  }
}

/** Null where there is no JDK. */
async function java(fresh, folder) {
  if (!has('javac')) return null
  let made = 0
  const source = () =>
    `import java.util.*;\npublic class Main { public static void main(String[] args) { var list = new ArrayList<Integer>(List.of(${made++}, 1));
list.removeIf(x -> x != 1); System.out.println(list.contains(1) ? 1 : 0); } }\n`
  const ours = async () => {
    const done = await fresh.run({ language: 'java', files: { 'Main.java': source() }, entry: 'Main.java' })
    if (done.stdout !== '1\n' || done.compile.cached) throw new Error(JSON.stringify(done))
  }
  const plain = async () => {
    const own = mkdtempSync(join(folder, 'java-'))
    writeFileSync(join(own, 'Main.java'), source())
    await call('javac', ['-d', own, join(own, 'Main.java')])
    await spawned('java', ['-cp', own, 'Main'])
  }
  const [cupel, jdk] = [[], []]
  await inLanes(lanes * perJavaRound, ours)
  for (let round = 0; round < rounds; round++) {
    cupel.push((await seconds(() => inLanes(perJavaRound, ours))) / perJavaRound)
    jdk.push((await seconds(() => inLanes(perJavaRound, plain))) / perJavaRound)
  }
  return { ratio: ratio(cupel, jdk), seconds: { cupel: median(cupel), 'javac + java': median(jdk) } }
}

export default async function bench() {
  for (const command of ['g++', 'gcc', 'bash']) if (!has(command)) throw new Error(`${command} is needed`)
  const folder = mkdtempSync(join(tmpdir(), 'cupel-bench-'))
  const sandbox = await Sandbox.open({ isolation: 'native', workers: lanes })
  const fresh = await Sandbox.open({ isolation: 'native', workers: lanes, cache: false })
  try {
    const making = await seconds(() => fresh.prepare('cpp'))
    const headers = await header(fresh, folder)
    const compiledOnce = await cached(sandbox, fresh)
    const javas = await java(fresh, folder)
    const runs = await run(sandbox, folder)
    return {
      ratios: {
        ...headers.ratios,
        'cached, 100 inputs': compiledOnce.ratio,
        ...(javas ? { java: javas.ratio } : {}),
        ...runs.ratios,
      },
      details: {
        compiler: execFileSync('g++', ['--version'], { encoding: 'utf8' }).split('\n')[0],
        isolation: await sandbox.isolationOf('cpp'),
        lanes,
        'seconds to have the header ready': making,
        'compile CPU ms': headers.ms,
        'seconds for 100 inputs': compiledOnce.seconds,
        ...(javas ? { 'seconds for a Java program': javas.seconds } : { 'no java': 'there is no javac here' }),
        'runs per second': runs.perSecond,
        ...(runs.perSecond.bubblewrap ? {} : { missing: 'bubblewrap is not installed, so it was not compared' }),
      },
    }
  } finally {
    await Promise.all([sandbox.close(), fresh.close()])
    rmSync(folder, { recursive: true, force: true })
  }
}
