import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { limitsFrom } from '../../../kernel/index.js'
import { languages } from '../../languages/index.js'
import { Sandbox } from '../sandbox.js'
import { filled, isComplete, toolchainBinds } from './toolchains.js'

let folder: string
let sandbox: Sandbox
const path = process.env.PATH ?? ''

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cupel-toolchains-'))
  // A version manager's shim: it answers here, and programs will never see it.
  for (const command of ['perl', 'ruby']) {
    writeFileSync(join(folder, command), '#!/bin/sh\necho shim 9.9\n')
    chmodSync(join(folder, command), 0o755)
  }
  process.env.PATH = `${folder}${delimiter}${path}`
  sandbox = await Sandbox.open({ isolation: 'native' })
})
afterAll(async () => {
  process.env.PATH = path
  await sandbox.close()
  rmSync(folder, { recursive: true, force: true })
})

const bash = (source: string, args: string[] = []) =>
  sandbox.run({ language: 'bash', files: { 'main.sh': source }, entry: 'main.sh', args })

it('asks toolchains where programs run, not where Cupel does', async () => {
  expect((await sandbox.status('perl')).version).toMatch(/^perl v5/)
  expect((await sandbox.status('ruby')).version).not.toMatch(/shim/)
})

it('says what a missing toolchain needs, and does not run it', async () => {
  const before = process.env.CUPEL_PYTHON
  process.env.CUPEL_PYTHON = '/nonexistent'
  const without = await Sandbox.open({ isolation: 'native' })
  if (before === undefined) delete process.env.CUPEL_PYTHON
  else process.env.CUPEL_PYTHON = before
  const missing = { language: 'python', isolation: null, version: null, install: 'apt-get install python3' }
  expect(await without.status('python')).toEqual(missing)
  const program = { language: 'python', files: { 'main.py': '' }, entry: 'main.py' }
  await expect(without.run(program)).rejects.toThrow('no native isolation')
  await without.close()
})

it('takes a toolchain for missing whose files outside /usr are', () => {
  expect(isComplete()).toBe(true)
  expect(isComplete(['/etc/passwd', '/etc/nothing-like-*'])).toBe(true)
  expect(isComplete(['/etc/passwd', '/etc/nothing-like-it'])).toBe(false)
})

it('binds only what definitions name, and nothing that holds secrets', () => {
  for (const { name, native } of languages)
    for (const read of native?.reads ?? [])
      expect(read, name).toMatch(/^\/(etc|var\/lib)\/[A-Za-z][\w.*-]*(\/[\w.*-]+)*$/)
  const bound = toolchainBinds().filter((word) => word !== '--bind')
  for (const one of bound) {
    expect(existsSync(one)).toBe(true)
    expect(one).not.toMatch(/shadow|passwd|ssh|ssl|sudo|\bapt\b|dpkg|docker/)
  }
})

it('shows them to programs read-only, and nothing else of /etc and /var', async () => {
  const bound = new Set(toolchainBinds().filter((word) => word !== '--bind'))
  const source =
    'ls -d /etc/* /var/* /var/lib/* 2>/dev/null; for one; do touch "$one/x" "$one" 2>/dev/null && echo "wrote $one"; done; exit 0'
  const { stdout, outcome } = await bash(source, [...bound])
  expect(outcome).toBe('ok')
  expect(stdout).not.toContain('wrote')
  const own = /^\/etc\/(alternatives|ld\.so.*|localtime|perl|passwd|group|hosts|nsswitch\.conf)$/
  for (const line of stdout.trim().split('\n'))
    expect(own.test(line) || [...bound].some((one) => `${one}/`.startsWith(`${line}/`)), line).toBe(true)
})

it('fills commands, with names that cannot be options', () => {
  const limits = limitsFrom({ memoryMb: 77 })
  const meaning = { node: '/n', limits, entry: '-x.c', files: ['-x.c', 'a b.c'], main: 'Main' }
  expect(filled(['cc', '-m{memory}', '-o', '{out}', '{files}', '{file}', '{main}', '{node}'], meaning)).toEqual([
    ...['cc', '-m77', '-o', 'out', './-x.c', 'a b.c', './-x.c', 'Main', '/n'],
  ])
})

it('a program with threads starts all of them, although each has a large stack', async () => {
  const source =
    '#include <pthread.h>\n#include <stdio.h>\nstatic void *one(void *n) { return n; }\nint main(void) { pthread_t t[24]; int ok = 0; for (int i = 0; i < 24; i++) ok += !pthread_create(&t[i], 0, one, 0); for (int i = 0; i < ok; i++) pthread_join(t[i], 0); printf("%d\\n", ok); }'
  const done = await sandbox.run({ language: 'c', files: { 'main.c': source }, entry: 'main.c' }, { memoryMb: 256 })
  expect(done).toMatchObject({ outcome: 'ok', stdout: '24\n' })
})

it('a compiled program finds its data, not its sources', async () => {
  const source = '#include <stdlib.h>\nint main(void) { return system("cat data/words.txt; ls"); }'
  const files = { 'main.c': source, 'data/words.txt': 'words\n' }
  const done = await sandbox.run({ language: 'c', files, entry: 'main.c' })
  expect(done.stdout).toBe('words\ndata\nout\n')
})
