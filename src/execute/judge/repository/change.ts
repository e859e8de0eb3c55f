/** What a candidate makes of a repository: its change, then the tests and all that has to be as it was. */
import { type RepositorySuite, describeError } from '../../../kernel/index.js'
import { isUtf8 } from 'node:buffer'
import { runnerFiles, runnerModules } from '../test-runners.js'
import { readPatch } from './diff.js'
import { PatchError, applyPatch } from './patch.js'
import { editedFiles } from './edits.js'
import { withFunction } from './definitions.js'
import { type Tree, foldersOf, matcher, pathFault, placeFault, realPath, treeOf } from './tree.js'

/**
 * What would change how tests are found, run or reported. Build files of other languages (pom.xml, Cargo.toml) are not among
 * them, since a right change may need them: a benchmark for which that matters names them.
 */
export const restoredByDefault: readonly string[] = [
  ...runnerFiles,
  ...runnerModules.map((name) => `/${name}`),
  ...['*.pth', 'node_modules', '/.local'],
  ...['setup.cfg', 'tox.ini', 'pyproject.toml', 'package.json', 'babel.config.*', '.babelrc', '.babelrc.*'],
  ...['jest.config.*', 'vitest.config.*', 'vite.config.*', '.mocharc', '.mocharc.*'],
]

/** What a change may add to a tree: a patch of a few lines can ask for thousands of copies. */
const mostAdded = 32 * 1024 * 1024

/** What the judge puts in place after a candidate's change. Throws PatchError where the benchmark contradicts itself. */
export class Benchmark {
  /** The tree that a candidate changes. */
  readonly original: Tree
  readonly #candidate: RepositorySuite['candidate']
  /** As it has to be when the tests run, wherever a candidate has changed it. */
  readonly #fixed: Tree
  readonly #mayStay: (path: string) => boolean

  constructor(suite: RepositorySuite, original: Tree) {
    for (const path of [...Object.keys(suite.files), ...Object.keys(suite.tests)]) {
      const fault = pathFault(path)
      if (fault !== null) throw new PatchError(`«${path.slice(0, 200)}» cannot be a file of it: ${fault}`)
    }
    this.original = original
    this.#candidate = suite.candidate
    // What the benchmark itself names has to be there before any candidate is blamed.
    if (suite.candidate.kind === 'function') functionReplaced(original, suite.candidate, 'pass')
    const restored = restoredIn(suite, original)
    const reports = matcher(suite.reportFiles ?? [])
    const tested = suite.testPatch === undefined ? original : applyPatch(original, suite.testPatch)
    const patched = new Set(suite.testPatch === undefined ? [] : touched(suite.testPatch))
    // A report that is there before the tests run is nobody's report of these tests.
    this.#mayStay = (path) => !restored(path) && !patched.has(path) && !reports(path)
    const own = [...tested].filter(([path]) => (restored(path) || patched.has(path)) && !reports(path))
    this.#fixed = new Map([...own, ...treeOf(suite.tests)])
  }

  /** The tree as its tests find it. Throws PatchError for what the candidate brings. */
  changed(code: string): Tree {
    const candidate = this.#candidate
    const tree =
      candidate.kind === 'patch'
        ? applyPatch(this.original, code)
        : candidate.kind === 'function'
          ? functionReplaced(this.original, candidate, code)
          : withFiles(this.original, candidate.kind === 'file' ? { [candidate.path]: code } : this.#files(code))
    if (bytesOf(tree) > bytesOf(this.original) + mostAdded)
      throw new PatchError(`it adds more than ${mostAdded / 1024 / 1024} MB to the tree`)
    return this.#withTests(tree)
  }

  #files(code: string): Record<string, string | null> {
    return this.#candidate.kind === 'edits' ? editedFiles(code, (path) => textOf(this.original, path)) : filesOf(code)
  }

  /** The tree without a candidate: with the tests of the benchmark, or only with its own. */
  untouched(tests: boolean): Tree {
    return tests ? this.#withTests(this.original) : this.original
  }

  #withTests(changed: Tree): Tree {
    const folders = new Set([...this.#fixed.keys()].flatMap(foldersOf))
    // What a candidate put where the benchmark has a folder, or a file, gives way.
    const gives = (path: string) => folders.has(path) || foldersOf(path).some((folder) => this.#fixed.has(folder))
    const kept = [...changed].filter(([path]) => this.#mayStay(path) && !gives(path))
    return new Map([...kept, ...this.#fixed])
  }
}

/** Of a file that edits name; undefined where there is none. Throws PatchError for one that is no text. */
function textOf(tree: Tree, path: string): string | undefined {
  const file = tree.get(path)
  if (file && (file.mode === 'link' || !isUtf8(file.content)))
    throw new PatchError(
      `«${path}» cannot be edited: it is ${file.mode === 'link' ? 'a symbolic link' : 'no text in UTF-8'}`,
    )
  return file?.content.toString('utf8')
}

function functionReplaced(
  tree: Tree,
  { path, ...place }: Extract<RepositorySuite['candidate'], { kind: 'function' }>,
  code: string,
): Tree {
  const file = tree.get(path)
  if (file === undefined || file.mode === 'link') throw new PatchError(`it has no file «${path}»`)
  try {
    return new Map(tree).set(path, { ...file, content: withFunction(file.content, place, code) })
  } catch (error) {
    if (error instanceof PatchError) throw new PatchError(`of «${path}»: ${error.message}`)
    throw error
  }
}

function bytesOf(tree: Tree): number {
  let bytes = 0
  for (const { content } of tree.values()) bytes += content.length
  return bytes
}

/** What the suite names, its tests themselves, and where the links among them lead. */
function restoredIn(suite: RepositorySuite, original: Tree): (path: string) => boolean {
  const named = matcher(suite.restored ?? restoredByDefault)
  const tests = new Set([...suite.failToPass, ...suite.passToPass].map((name) => name.split(/::| > /)[0] as string))
  const links = [...original].filter(([path, { mode }]) => mode === 'link' && (named(path) || tests.has(path)))
  const behind = new Set([...links.map(([path]) => path), ...tests].map((path) => realPath(original, path)))
  return (path) =>
    named(path) || tests.has(path) || behind.has(path) || foldersOf(path).some((folder) => behind.has(folder))
}

function touched(patch: string): string[] {
  return readPatch(patch).flatMap(({ from, to, copies }) =>
    [copies ? null : from, to].filter((path): path is string => path !== null),
  )
}

/** The tree with files replaced, added and, for null, deleted. Throws PatchError for paths that cannot be. */
export function withFiles(before: Tree, named: Readonly<Record<string, string | null>>): Tree {
  const tree: Tree = new Map(before)
  for (const [path, content] of Object.entries(named)) {
    const fault = pathFault(path) ?? (content === null ? null : placeFault(tree, path))
    if (fault !== null) throw new PatchError(`«${path.slice(0, 200)}» cannot be a file of it: ${fault}`)
    if (content !== null) tree.set(path, { content: Buffer.from(content), mode: tree.get(path)?.mode ?? 'executable' })
    else if (!tree.delete(path)) throw new PatchError(`«${path}» is to be deleted and is not there`)
  }
  return tree
}

/** From JSON. Throws PatchError. */
export function filesOf(code: string): Record<string, string | null> {
  let read: unknown
  try {
    read = JSON.parse(code)
  } catch (error) {
    throw new PatchError(`the files are not JSON: ${describeError(error)}`)
  }
  if (typeof read !== 'object' || read === null || Array.isArray(read))
    throw new PatchError('the files are not an object of paths and contents')
  for (const [path, content] of Object.entries(read))
    if (typeof content !== 'string' && content !== null)
      throw new PatchError(`the content of «${path.slice(0, 200)}» is neither text nor null`)
  return read as Record<string, string | null>
}
