/** Precompiled headers: programs must come out the same with and without. Needs g++. */
import { execFileSync, spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Sandbox } from '../sandbox.js'
import { type HeaderUse, PrecompiledHeaders } from './precompiled.js'

const reason = spawnSync('g++', ['--version']).status === 0 ? null : 'there is no g++ here'
if (reason) console.log(`precompiled headers are not tested: ${reason}`)

let root: string
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'cupel-precompiled-'))
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** A small header, so that making it is quick. */
const use = (more: Partial<HeaderUse> = {}): HeaderUse => ({
  header: 'bits/stl_pair.h',
  command: ['g++', '-O2', '-std=c++17', '-o', '{out}', '{file}', '-lm'],
  version: 'any',
  path: '/usr/bin:/bin',
  ...more,
})
const source = (text: string) => [Buffer.from(text)]
const wants = source('#include <bits/stl_pair.h>\nint main() {}')

async function open(name: string, spareBytes?: number): Promise<PrecompiledHeaders> {
  return (await PrecompiledHeaders.open(join(root, name), spareBytes)) as PrecompiledHeaders
}

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await new Promise((resolve) => setTimeout(resolve, 20))
}

describe.skipIf(reason !== null)('a precompiled header', () => {
  it('is made in the background when a second program wants it, and used from then on, by the next process too', async () => {
    const headers = await open('lazy')
    expect(await headers.options(use(), wants)).toEqual([])
    expect(readdirSync(join(root, 'lazy'))).toEqual([])
    expect(await headers.options(use(), wants)).toEqual([])
    await until(async () => (await headers.options(use(), wants)).length > 0)
    const [option, folder] = await headers.options(use(), wants)
    expect([option, folder]).toEqual(['-I', expect.stringMatching(/^\/cupel\/precompiled\/[0-9a-f]{24}$/)])
    expect(await (await open('lazy')).options(use(), wants)).toEqual([option, folder])
    expect(readdirSync(join(root, 'lazy'))).toHaveLength(1)
    await headers.close()
  })

  it.each([
    ['#include <iostream>\n#include <bits/stl_pair.h>\nint main() {}', false],
    ['int main() {}', false],
    ['// #include <bits/stl_pair.h>\nint main() {}', false],
    ['#include <bits/stl_pair.hpp>', false],
    ['// first\n\n#include "bits/stl_pair.h"\n', true],
    ['/* a\n b */ \n  #  include<bits/stl_pair.h>', true],
    ['#define N 100\n#include <bits/stl_pair.h>', true],
  ])('is only for programs that begin with it: %j', async (text, wanted) => {
    const headers = await open('begins')
    expect(await headers.prepare(use())).toBe(true)
    expect((await headers.options(use(), source(text))).length > 0).toBe(wanted)
  })

  it('is made for each set of options and compiler, and for no other', async () => {
    const headers = await open('options')
    await headers.prepare(use())
    const has = async (more: Partial<HeaderUse>) => (await (await open('options')).options(use(more), wants)).length > 0
    expect(await has({ command: ['g++', '{file}', '-O2', '-std=c++17', '-o', '{out}', '-lpthread'] })).toBe(true)
    for (const options of [
      ['-O1', '-std=c++17'],
      ['-O2', '-std=c++20'],
      ['-O2', '-std=c++17', '-DX=1'],
    ])
      expect(await has({ command: ['g++', ...options, '-o', '{out}', '{file}'] })).toBe(false)
    expect(await has({ version: 'another' })).toBe(false)
  })

  it('is not used when one of the headers in it has changed, and is made anew', async () => {
    const headers = await open('changed')
    await headers.prepare(use())
    const [id = ''] = readdirSync(join(root, 'changed'))
    const made = join(root, 'changed', id, 'made.json')
    const good = JSON.parse(String(execFileSync('cat', [made])))
    expect(good.headers.length).toBeGreaterThan(3)
    const bad = { headers: good.headers.map(([path, size, time]: [string, number, number]) => [path, size, time + 1]) }
    writeFileSync(made, JSON.stringify(bad))
    const next = await open('changed')
    expect(await next.options(use(), wants)).toEqual([])
    expect(await next.prepare(use())).toBe(true)
    expect(JSON.parse(String(execFileSync('cat', [made])))).toEqual(good)
  })

  it('is not used when somebody else could have written it', async () => {
    await (await open('owned')).prepare(use())
    const [id = ''] = readdirSync(join(root, 'owned'))
    const file = join(root, 'owned', id, 'bits', 'stl_pair.h.gch')
    for (const path of [file, join(root, 'owned', id, 'bits'), join(root, 'owned', id)]) {
      const { mode } = statSync(path)
      chmodSync(path, 0o777)
      expect(await (await open('owned')).options(use(), wants)).toEqual([])
      chmodSync(path, mode)
    }
    expect((await (await open('owned')).options(use(), wants)).length).toBe(2)
    chmodSync(join(root, 'owned'), 0o777)
    expect(await PrecompiledHeaders.open(join(root, 'owned'))).toBeNull()
  })

  it('is not made when the disk is nearly full, nor when it cannot be', async () => {
    expect(await (await open('full', 2 ** 60)).prepare(use())).toBe(false)
    expect(await (await open('full')).prepare(use({ header: 'bits/no_such_header.h' }))).toBe(false)
    expect(await (await open('full')).prepare(use({ command: ['no-such-compiler', '{file}'] }))).toBe(false)
    expect(readdirSync(join(root, 'full'))).toEqual([])
  })

  it('is left to another process that is making it, unless that one has died', async () => {
    await (await open('shared')).prepare(use())
    const [id = ''] = readdirSync(join(root, 'shared'))
    rmSync(join(root, 'shared', id), { recursive: true })
    const partial = join(root, 'shared', `${id}.partial-x`)
    mkdirSync(partial)
    expect(await (await open('shared')).prepare(use())).toBe(false)
    const long = new Date(Date.now() - 3_600_000)
    utimesSync(partial, long, long)
    expect(await (await open('shared')).prepare(use())).toBe(true)
    expect(existsSync(partial)).toBe(false)
  })

  it('that is being made when Cupel ends leaves nothing behind', async () => {
    const headers = await open('ends')
    const large = use({ header: 'bits/stdc++.h' })
    const making = headers.prepare(large)
    await until(async () => readdirSync(join(root, 'ends')).length > 0)
    await headers.close()
    expect(await making).toBe(false)
    expect(readdirSync(join(root, 'ends'))).toEqual([])
    expect(await headers.prepare(large)).toBe(false)
  })

  it('the oldest give way', async () => {
    const headers = await open('many')
    for (let i = 0; i < 6; i++) await headers.prepare(use({ version: String(i) }))
    expect(readdirSync(join(root, 'many'))).toHaveLength(4)
    expect((await (await open('many')).options(use({ version: '5' }), wants)).length).toBe(2)
  })
})

const all = '#include <bits/stdc++.h>\n'
const programs: Record<string, string> = {
  'a plain program': `${all}using namespace std; int main() { map<string, vector<int>> m; m["a"] = {3, 1}; sort(m["a"].begin(), m["a"].end()); cout << m["a"][0] << endl; }`,
  'macros of its own': `#define N 7\n#define all(x) begin(x), end(x)\n${all}int main() { std::cout << N; }`,
  'the library’s debug mode': `#define _GLIBCXX_DEBUG\n${all}int main() { std::vector<int> v(3); std::cout << sizeof v; volatile int i = 5; return v[i]; }`,
  'no assertions': `#define NDEBUG\n${all}int main() { assert(false); std::cout << "none"; }`,
  'a keyword redefined': `#define private public\n${all}int main() { std::cout << sizeof(std::string); }`,
  'a pragma for speed': `#pragma GCC optimize("O3,unroll-loops")\n${all}int main() { std::cout << __OPTIMIZE__; }`,
  'a symbol removed': `#undef __cpp_exceptions\n${all}int main() { std::cout << "x"; }`,
  'the header twice, and what it is called': `#if 1\n${all}${all}#endif\nint main() { std::cout << __FILE__ << __LINE__ << __COUNTER__; }`,
  'an error in a template': `${all}int main() { std::list<int> l; std::sort(l.begin(), l.end()); }`,
  'an error in linking': `${all}int missing(); int main() { return missing(); }`,
}

describe.skipIf(reason !== null)('with <bits/stdc++.h> precompiled', () => {
  const sandboxes: Record<string, Sandbox> = {}
  beforeAll(async () => {
    // A folder that others may write to is not used: this one never gets a precompiled header.
    mkdirSync(join(root, 'without', 'precompiled'), { recursive: true })
    chmodSync(join(root, 'without', 'precompiled'), 0o777)
    for (const kind of ['with', 'without']) {
      process.env.CUPEL_CACHE = join(root, kind)
      sandboxes[kind] = await Sandbox.open({ isolation: 'native', workers: 1, cache: false })
    }
    delete process.env.CUPEL_CACHE
    await sandboxes.with?.prepare('cpp')
    await sandboxes.without?.prepare('cpp')
  }, 180_000)
  afterAll(() => Promise.all(Object.values(sandboxes).map((sandbox) => sandbox.close())))

  it('the header is there, for one of the two', () => {
    expect(readdirSync(join(root, 'with', 'precompiled'))).toHaveLength(1)
    expect(readdirSync(join(root, 'without', 'precompiled'))).toHaveLength(0)
  })

  it.each(Object.keys(programs))(
    '%s: the same outcome, output and errors',
    async (name) => {
      const seen = []
      for (const kind of ['with', 'without']) {
        const program = { language: 'cpp', files: { 'main.cpp': programs[name] as string }, entry: 'main.cpp' }
        const { outcome, exitCode, signal, stdout, stderr } = await (sandboxes[kind] as Sandbox).run(program)
        const plain = stderr.replace(/0x[0-9a-f]+|\/tmp\/cc\w+/g, '#')
        seen.push({ outcome, exitCode, signal, stdout, stderr: plain })
      }
      expect(seen[0]).toEqual(seen[1])
      expect(seen[0]?.outcome).not.toBe('infrastructure')
    },
    120_000,
  )

  it('less memory goes into the same compile, so it was used, and none of it into the run', async () => {
    const program = { language: 'cpp', files: { 'main.cpp': `${all}int main() {}` }, entry: 'main.cpp' }
    const [used, plain] = [await sandboxes.with?.run(program), await sandboxes.without?.run(program)]
    expect(used?.compile?.peakBytes).toBeLessThan(plain?.compile?.peakBytes as number)
    // Where memory is counted, the pages of the header are the machine's cache and not the compiler's.
    expect(used?.compile?.peakBytes).toBeGreaterThan(20 * 2 ** 20)
    expect(used?.peakBytes).toBeLessThan(20 * 2 ** 20)
  }, 120_000)
})
