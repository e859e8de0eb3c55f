/** Trees read from folders and commits: what they hold, what is refused, and what a hostile repository cannot do. */
import { execFileSync, spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { Checkouts, readCheckout } from './checkout.js'
import type { Tree } from './tree.js'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cupel-checkout-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const bytes = Buffer.from([0, 255, 13, 10, 128])
const longName = `${'folder/'.repeat(20)}a name with blanks and ümlauts.txt`
const put = (path: string | Buffer, content: string | Buffer) => {
  const place = Buffer.concat([Buffer.from(`${folder}/`), Buffer.from(path)])
  mkdirSync(dirname(place.toString('latin1')), { recursive: true })
  writeFileSync(place, content)
}
const git = (...args: string[]) =>
  execFileSync('git', ['-C', folder, '-c', 'user.name=t', '-c', 'user.email=t@t', ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { PATH: process.env.PATH, HOME: folder, GIT_CONFIG_NOSYSTEM: '1' },
  }).trim()
function commit(): string {
  git('init', '--quiet')
  git('add', '--all')
  git('commit', '--quiet', '--no-verify', '--message', 'all of it')
  return git('rev-parse', 'HEAD')
}
function fill() {
  put('a.py', 'a\r\n')
  put('data/image.bin', bytes)
  put(longName, 'long')
  put('run.sh', '#!/bin/sh\n')
  chmodSync(join(folder, 'run.sh'), 0o755)
  symlinkSync('data/image.bin', join(folder, 'link'))
  symlinkSync('/etc/passwd', join(folder, 'outside'))
}
const held = (tree: Tree) =>
  Object.fromEntries([...tree].map(([path, { mode, content }]) => [path, `${mode} ${content.toString('latin1')}`]))
const expected = {
  'a.py': 'plain a\r\n',
  'data/image.bin': `plain ${bytes.toString('latin1')}`,
  [longName]: 'plain long',
  'run.sh': 'executable #!/bin/sh\n',
  link: 'link data/image.bin',
  outside: 'link /etc/passwd',
}

it('a folder is read as it is: bytes, links that are not followed, what may be run, and nothing of .git', async () => {
  fill()
  commit()
  expect(held(await readCheckout({ kind: 'folder', path: folder }))).toEqual(expected)
})

it('a commit is read as it was committed, whatever the working tree holds now, bare or not', async () => {
  fill()
  const id = commit()
  put('a.py', 'changed')
  put('.gitattributes', '* text eol=crlf ident\na.py export-ignore\n')
  const second = commit()
  expect(held(await readCheckout({ kind: 'commit', repository: folder, commit: id }))).toEqual(expected)
  git('gc', '--quiet')
  const bare = `${folder}/bare`
  renameSync(join(folder, '.git'), bare)
  expect(held(await readCheckout({ kind: 'commit', repository: bare, commit: id }))).toEqual(expected)
  const later = await readCheckout({ kind: 'commit', repository: bare, commit: second })
  expect(held(later)['a.py']).toBe('plain changed')
})

it('a second working tree of a repository is as good as the first', async () => {
  put('a.py', 'a')
  const id = commit()
  git('worktree', 'add', '--quiet', '--detach', 'second')
  expect([...(await readCheckout({ kind: 'commit', repository: `${folder}/second`, commit: id })).keys()]).toEqual([
    'a.py',
  ])
})

it('submodules are left out of a commit', async () => {
  put('a.py', 'a')
  const id = commit()
  git('update-index', '--add', '--cacheinfo', `160000,${id},vendored`)
  git('commit', '--quiet', '--no-verify', '--message', 'with a submodule')
  const tree = await readCheckout({ kind: 'commit', repository: folder, commit: git('rev-parse', 'HEAD') })
  expect([...tree.keys()]).toEqual(['a.py'])
})

it('nothing that a repository or its user has configured is run', async () => {
  put('a.py', 'a')
  const id = commit()
  const trap = join(folder, 'trap.sh')
  writeFileSync(trap, `#!/bin/sh\ntouch ${folder}/sprung\nexit 1\n`, { mode: 0o755 })
  const config = `[core]\n\tfsmonitor = ${trap}\n\thooksPath = ${folder}\n\tpager = ${trap}\n\tsshCommand = ${trap}\n\trepositoryformatversion = 1\n[extensions]\n\tpartialClone = origin\n[remote "origin"]\n\turl = ext::${trap}\n\tuploadpack = ${trap}\n\tpromisor = true\n[protocol "ext"]\n\tallow = always\n[filter "trap"]\n\tsmudge = ${trap}\n\tprocess = ${trap}\n`
  writeFileSync(join(folder, '.git/config'), config)
  writeFileSync(join(folder, '.git/info/attributes'), '* filter=trap diff=trap\n')
  // Git itself would fetch, by the trap, what is missing.
  const blob = join(folder, '.git/objects', git('rev-parse', 'HEAD:a.py').replace(/^(..)/, '$1/'))
  const kept = readFileSync(blob)
  rmSync(blob)
  spawnSync('git', ['-C', folder, 'cat-file', '-p', 'HEAD:a.py'], {
    timeout: 20_000,
    env: { PATH: process.env.PATH, HOME: folder },
  })
  expect(existsSync(join(folder, 'sprung'))).toBe(true)
  rmSync(join(folder, 'sprung'))
  const read = () => readCheckout({ kind: 'commit', repository: folder, commit: id })
  await expect(read()).rejects.toThrow(/cannot be read/)
  expect(existsSync(join(folder, 'sprung'))).toBe(false)
  writeFileSync(blob, kept)
  expect(held(await read())).toEqual({ 'a.py': 'plain a' })
  expect(existsSync(join(folder, 'sprung'))).toBe(false)
})

it('a tree of trees that names a hundred million files is refused', async () => {
  put('a', 'a')
  commit()
  let id = git('rev-parse', 'HEAD^{tree}')
  for (let level = 0; level < 8; level++) {
    const entries = Array.from({ length: 10 }, (_, i) => `040000 tree ${id}\t${i}\n`).join('')
    id = execFileSync('git', ['-C', folder, 'mktree'], { input: entries, encoding: 'utf8' }).trim()
  }
  const bomb = git('commit-tree', '-m', 'bomb', id)
  await expect(readCheckout({ kind: 'commit', repository: folder, commit: bomb })).rejects.toThrow(
    /holds more files than any sandbox takes/,
  )
})

it('names that are not UTF-8 are refused with the name of the checkout, in a folder and in a commit', async () => {
  put(Buffer.from([0x61, 0xff]), 'x')
  const id = commit()
  for (const checkout of [
    { kind: 'folder', path: folder },
    { kind: 'commit', repository: folder, commit: id },
  ] as const)
    await expect(readCheckout(checkout)).rejects.toThrow(/cupel-checkout.* has a file whose name is not UTF-8 \(«aÿ»\)/)
})

it('what is no checkout is refused with one sentence', async () => {
  const none = '0'.repeat(40)
  await expect(readCheckout({ kind: 'folder', path: folder })).rejects.toThrow(/holds no file/)
  await expect(readCheckout({ kind: 'folder', path: `${folder}/x` })).rejects.toThrow(/cannot be read as a checkout/)
  await expect(readCheckout({ kind: 'commit', repository: folder, commit: none })).rejects.toThrow(/not a git repo/)
  put('a.py', 'a')
  commit()
  await expect(readCheckout({ kind: 'commit', repository: folder, commit: none })).rejects.toThrow(/cannot be read: /)
  for (const commit of ['HEAD', '--help', none.slice(1)])
    await expect(readCheckout({ kind: 'commit', repository: folder, commit })).rejects.toThrow(/not the whole id/)
  execFileSync('mkfifo', [join(folder, 'pipe')])
  await expect(readCheckout({ kind: 'folder', path: folder })).rejects.toThrow(/neither a file nor a folder nor a link/)
})

it('a tree is read once for many candidates, what failed is read again, and the one used longest ago is dropped', async () => {
  const checkouts = new Checkouts(100)
  for (const name of ['a', 'b', 'c']) put(`${name}/file`, name.repeat(40))
  const tree = (name: string) => checkouts.tree({ kind: 'folder', path: join(folder, name) })
  const [first, again] = await Promise.all([tree('a'), tree('a')])
  expect(again).toBe(first)
  const second = await tree('b')
  expect(await tree('a')).toBe(first)
  await tree('c')
  expect(await tree('a')).toBe(first)
  expect(await tree('b')).not.toBe(second)
  await expect(tree('d')).rejects.toThrow(/cannot be read/)
  put('d/file', 'there now')
  expect([...(await tree('d')).keys()]).toEqual(['file'])
})
