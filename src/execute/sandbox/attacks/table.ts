/** The table of docs/security.md: families, how many attacks, and at which levels they apply. */
import { type Attack, families } from './attack.js'

const about: Readonly<Record<(typeof families)[number], string>> = {
  process: 'bombs of processes and threads, signals to everything, daemons, zombies, stopping',
  memory: 'heaps, mappings, what no process is charged for (pipes, sockets, page tables, nameless files)',
  disk: 'filling, inodes, sparse and deep trees, names, file sizes',
  output: 'floods on both streams, from grandchildren, inside the kernel, bytes that are no text',
  descriptors: 'exhausting, inheriting, passing on, raising limits, signals and watchers of the user',
  host: 'files, environments, processes, devices and knobs of the host, the drivers, doors of interpreters',
  mounts: 'mounting, unmounting, remounting, other roots',
  namespaces: 'new, joined, nested and parent namespaces, id maps',
  kernel: 'io_uring, bpf, perf, keys, tracing, 32-bit and x32 calls, every call with garbage',
  sockets: 'every family, the loopback, abstract and well-known sockets of the host',
  leaks: 'files, sockets, settings and interpreter state for the next program, random numbers',
  neighbours: 'seeing, killing and starving a program that runs at the same time',
  time: 'endless and hidden computing, sleeping, patched clocks, the end of the program',
  forgery: 'being reported as something else: out of memory, time, not compiled, a broken machine',
  compilers: 'files of the host in sources, bombs, binaries, commands to toolchains',
  names: 'file names, arguments, variables, inputs and sources that break whoever handles them',
}
const inWebAssembly = new Set(['python', 'javascript', 'typescript', 'sql', 'lua'])

export function attackTable(attacks: readonly Attack[]): string {
  const row = (title: string, what: string, some: readonly Attack[]) => {
    const native = some.filter(({ notNative }) => notNative === undefined).length
    const wasm = some.filter((one) => inWebAssembly.has(one.language) && !('not' in one.wasm)).length
    return `| ${title} | ${what} | ${some.length} | ${native} | ${wasm} |`
  }
  const languages = new Set(attacks.map(({ language }) => language)).size
  return [
    '| family | tries | attacks | native | wasm |',
    '|---|---|---|---|---|',
    ...families.map((family) =>
      row(
        family,
        about[family],
        attacks.filter((one) => one.family === family),
      ),
    ),
    row('all', `in ${languages} languages`, attacks),
  ].join('\n')
}
