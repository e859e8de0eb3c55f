import { spawnSync } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { defaultLimits } from '../../../kernel/index.js'
import { Sandbox } from '../sandbox.js'

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await Sandbox.open({ isolation: 'native', workers: 1 })
})
afterAll(() => sandbox.close())

const numpy = spawnSync('/usr/bin/python3', ['-I', '-c', 'import numpy']).status === 0
if (!numpy) console.log('random numbers of numpy are not tested: it is not installed (apt-get install python3-numpy)')

interface More {
  readonly preimport?: readonly string[]
  readonly tenant?: string
}

function run(source: string, more: More = {}, on = sandbox) {
  return on.run({ language: 'python', files: { 'main.py': source }, entry: 'main.py', ...more }, { cpuSeconds: 10 })
}

const imported = 'import sys\nprint("sqlite3" in sys.modules, "asyncio" in sys.modules)'
/** Where objects lie is the same in all processes of one server, and in no other. */
const place = 'import sys\nprint(id(sys.modules))'

describe('modules imported beforehand', () => {
  it('are there before the program begins, and only for those who ask', async () => {
    expect(await run(imported, { preimport: ['sqlite3'] })).toMatchObject({ outcome: 'ok', stdout: 'True False\n' })
    expect(await run(imported, { preimport: ['asyncio', 'sqlite3'] })).toMatchObject({ stdout: 'True True\n' })
    expect(await run(imported)).toMatchObject({ stdout: 'False False\n' })
  })

  it('may be named for a whole sandbox', async () => {
    const own = await Sandbox.open({ isolation: 'native', workers: 1, preimport: ['sqlite3'] })
    try {
      expect(await run(imported, {}, own)).toMatchObject({ stdout: 'True False\n' })
      expect(await run(imported, { preimport: [] }, own)).toMatchObject({ stdout: 'False False\n' })
    } finally {
      await own.close()
    }
  })

  it.each([
    ['is not installed', 'no_such_module', /no_such_module cannot be imported beforehand: ModuleNotFoundError/],
    ['ends the interpreter', 'unittest.__main__', /unittest.__main__ cannot be imported beforehand/],
    ['is no name', 'os; print()', /is not the name of a module/],
    ['is one of the drivers', 'examiner', /ModuleNotFoundError/],
  ])('says what is wrong with one that %s', async (_, name, message) => {
    await expect(run('print(1)', { preimport: [name] })).rejects.toThrow(message)
    await expect(run('print(1)', { preimport: ['json', name] })).rejects.toThrow(message)
    expect(await run('print(1)')).toMatchObject({ stdout: '1\n' })
  })

  it.skipIf(!numpy)('give random numbers of their own to each program', async () => {
    const source = 'import numpy, random\nprint(numpy.random.rand(), random.random())'
    const seen = new Set<string>()
    for (let i = 0; i < 3; i++) {
      const done = await run(source, { preimport: ['numpy'] })
      expect(done, done.stderr).toMatchObject({ outcome: 'ok' })
      for (const number of done.stdout.split(' ')) seen.add(number)
    }
    expect(seen.size).toBe(6)
  })

  it('are for natively isolated Python only', async () => {
    const program = { language: 'bash', files: { 'main.sh': 'echo 1' }, entry: 'main.sh', preimport: ['json'] }
    await expect(sandbox.run(program)).rejects.toThrow(/only for Python/)
  })

  it('do not fill the machine with interpreters, however many sets are asked for', async () => {
    const names = ['asyncio', 'sqlite3', 'csv', 'pprint', 'shelve', 'textwrap', 'queue', 'uuid', 'zipfile']
    const own = await Sandbox.open({ isolation: 'native', workers: 1 })
    const before = children()
    try {
      const all = [...names, ...names].map((name) =>
        run(`import sys\nprint("${name}" in sys.modules)`, { preimport: [name] }, own),
      )
      for (const done of await Promise.all(all)) expect(done, done.stderr).toMatchObject({ stdout: 'True\n' })
      expect(children() - before).toBeLessThanOrEqual(5)
    } finally {
      await own.close()
    }
  })
})

/** Of this process, however deep. */
function children(): number {
  const parents = new Map<string, string>()
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      parents.set(pid, readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1] as string)
    } catch {} // it has ended meanwhile
  }
  return [...parents.values()].filter((parent) => parent === String(process.pid)).length
}

describe('tenants', () => {
  it('never share a server', async () => {
    const seen = new Map<string, Set<string>>()
    for (const tenant of ['a', 'b', 'a', '', 'b', 'a', 'c', '']) {
      const { stdout } = await run(place, tenant ? { tenant } : {})
      seen.set(tenant, (seen.get(tenant) ?? new Set()).add(stdout))
    }
    const places = [...seen.values()].flatMap((set) => [...set])
    expect(new Set(places).size).toBe(places.length)
  })

  it('keep theirs while they use it', async () => {
    for (const more of [{}, { tenant: 'a' }]) {
      const places = new Set<string>()
      for (let i = 0; i < 5; i++) places.add((await run(place, more)).stdout)
      expect(places.size).toBe(1)
    }
  })

  it('get their turn although others have work without end', async () => {
    const order: string[] = []
    const jobs = ['one', 'two', 'small'].flatMap((tenant) =>
      Array.from({ length: tenant === 'small' ? 1 : 200 }, () => run('', { tenant }).then(() => order.push(tenant))),
    )
    await Promise.all(jobs)
    expect(order.indexOf('two')).toBeLessThan(100)
    expect(order.indexOf('small')).toBeLessThan(200)
    expect(order).toHaveLength(401)
  })

  it('share no server when their programs are judged either', async () => {
    const suite = { kind: 'assertions' as const, trusted: '', script: 'assert f() == 1', entryPoint: 'f' }
    const code = 'import sys\ndef f(): raise ValueError(id(sys.modules))'
    const judge = async (tenant: string) => {
      const examined = await sandbox.examine({ language: 'python', suite, code, limits: defaultLimits, tenant })
      return examined.exception?.message
    }
    const [one, again, other] = [await judge('a'), await judge('a'), await judge('b')]
    expect(one).toMatch(/^\d+$/)
    expect(again).toBe(one)
    expect(other).toMatch(/^\d+$/)
    expect(other).not.toBe(one)
  })
})
