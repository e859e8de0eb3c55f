/**
 * What a commit of a git repository holds, read with git itself.
 *
 * A repository may come from anywhere, and its configuration can name programs that git would start. So git is never run in
 * it: an empty repository of our own borrows its objects, and nothing else of it (configuration, hooks, attributes, grafts,
 * replacements, remotes) is read. Files are as they are committed, without filters or other line ends.
 *
 * Left out are submodules: of them a repository holds no more than an id. Not covered: repositories with SHA-256 ids, and
 * objects that a partial clone has yet to fetch.
 */
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type Checkout, describeError } from '../../../kernel/index.js'
import { type Tree, type TreeFile, checkSize, checkedName } from './tree.js'

const modes: Readonly<Record<string, TreeFile['mode']>> = {
  '100644': 'plain',
  // Written by versions of git that nobody uses any more.
  '100664': 'plain',
  '100755': 'executable',
  '120000': 'link',
}
const submodule = '160000'
/** Trees of trees can name more files than there is memory for their names. */
const mostListed = 10 * 1024 * 1024
/** A machine that takes longer to read a commit is stuck. */
const longest = 10 * 60 * 1000

interface Blob {
  readonly id: string
  readonly bytes: number
}

export async function readCommit({ repository, commit }: Extract<Checkout, { kind: 'commit' }>): Promise<Tree> {
  const place = `commit ${commit} of ${repository}`
  if (!/^[0-9a-f]{40}$/.test(commit)) throw new Error(`«${commit}» is not the whole id of a commit (40 hex digits)`)
  const objects = objectsOf(repository)
  const own = mkdtempSync(join(tmpdir(), 'cupel-git-'))
  try {
    for (const folder of ['objects', 'refs']) mkdirSync(join(own, folder))
    writeFileSync(join(own, 'HEAD'), 'ref: refs/heads/none\n')
    const git: Git = (args, input, most) => output(args, input, { own, objects, place, most })
    const listed = await git(['ls-tree', '-r', '-z', '-l', '--full-tree', commit], '', mostListed)
    const files: [string, TreeFile['mode'], Blob][] = []
    const blobs = new Map<string, Blob>()
    let bytes = 0
    for (const line of lines(listed)) {
      const tab = line.indexOf(9)
      const [kind = '', , id = '', size = ''] = line.toString('latin1', 0, tab).split(/ +/)
      if (kind === submodule) continue
      const path = checkedName(place, line.subarray(tab + 1))
      const mode = modes[kind]
      if (mode === undefined) throw new Error(`${place} has a file of the unknown kind ${kind} («${path}»)`)
      const blob = { id, bytes: Number(size) }
      bytes += blob.bytes
      checkSize(place, files.length, bytes)
      blobs.set(id, blob)
      files.push([path, mode, blob])
    }
    const contents = await readBlobs([...blobs.values()], git, place)
    return new Map(files.map(([path, mode, { id }]) => [path, { mode, content: contents.get(id) as Buffer }]))
  } finally {
    rmSync(own, { recursive: true, force: true })
  }
}

function* lines(listed: Buffer): Generator<Buffer> {
  for (let at = 0; at < listed.length; ) {
    const end = listed.indexOf(0, at)
    yield listed.subarray(at, end)
    at = end + 1
  }
}

type Git = (args: readonly string[], input: string, most: number) => Promise<Buffer>

/** One after the other, each behind a line with its id and size. */
async function readBlobs(blobs: readonly Blob[], git: Git, place: string): Promise<Map<string, Buffer>> {
  const due = blobs.reduce((sum, { bytes }) => sum + bytes + 100, 0)
  const all = await git(['cat-file', '--batch'], blobs.map(({ id }) => `${id}\n`).join(''), due)
  const contents = new Map<string, Buffer>()
  let at = 0
  for (const { id, bytes } of blobs) {
    const head = `${id} blob ${bytes}\n`
    if (all.toString('latin1', at, at + head.length) !== head)
      throw new Error(`${place} cannot be read: its object ${id} is missing (a clone has to be whole)`)
    at += head.length
    contents.set(id, all.subarray(at, at + bytes))
    at += bytes + 1
  }
  return contents
}

/** Where a repository keeps its objects: it may be bare, have a working tree, or be a working tree of another. */
function objectsOf(repository: string): string {
  const isFolder = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
  const text = (path: string) => readFileSync(path, 'utf8').trim()
  try {
    let folder = isFolder(repository) ? repository : `${repository}.git`
    const inner = join(folder, '.git')
    if (isFolder(inner)) folder = inner
    else if (statSync(inner, { throwIfNoEntry: false })?.isFile()) {
      folder = resolve(folder, text(inner).replace(/^gitdir: /, ''))
      const common = join(folder, 'commondir')
      if (statSync(common, { throwIfNoEntry: false })) folder = resolve(folder, text(common))
    }
    if (isFolder(join(folder, 'objects'))) return resolve(folder, 'objects')
  } catch (error) {
    throw new Error(`${repository} cannot be read as a git repository: ${describeError(error)}`, { cause: error })
  }
  throw new Error(`${repository} is not a git repository: clone it there`)
}

function output(
  args: readonly string[],
  input: string,
  {
    own,
    objects,
    place,
    most,
  }: { readonly own: string; readonly objects: string; readonly place: string; readonly most: number },
): Promise<Buffer> {
  return new Promise((done, fail) => {
    const git = spawn('git', ['--no-pager', '-c', 'core.hooksPath=/dev/null', ...args], {
      cwd: own,
      timeout: longest,
      env: {
        PATH: process.env.PATH,
        LC_ALL: 'C',
        HOME: own,
        GIT_DIR: own,
        GIT_OBJECT_DIRECTORY: objects,
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_ATTR_NOSYSTEM: '1',
        GIT_NO_LAZY_FETCH: '1',
        GIT_TERMINAL_PROMPT: '0',
        GIT_OPTIONAL_LOCKS: '0',
      },
    })
    const parts: Buffer[] = []
    let said = ''
    let left = most
    git.stdout.on('data', (part: Buffer) => {
      left -= part.length
      if (left >= 0) parts.push(part)
      else git.kill('SIGKILL')
    })
    git.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(0, 1000)
    })
    git.on('error', (error) => fail(new Error(`git cannot be started: ${error.message}`, { cause: error })))
    git.on('close', (code, signal) => {
      if (left < 0) fail(new Error(`${place} holds more files than any sandbox takes`))
      else if (code === 0) done(Buffer.concat(parts))
      else
        fail(new Error(`${place} cannot be read: ${said.trim().split('\n')[0] || `git ended with ${signal ?? code}`}`))
    })
    git.stdin.on('error', () => {})
    git.stdin.end(input)
  })
}
