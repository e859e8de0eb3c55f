/**
 * Tasks of agent benchmarks, without a container: the candidate's script runs in one sandbox, and what it left is looked at
 * by the tests in another, so that none of its processes, its environment or its reward is there any more.
 *
 * Not covered: a program of the candidate that the tests themselves run can read the tests, look for the folder of the
 * reward and write there. Environments that need a container or a network are not judged, and say why.
 */
import { randomBytes } from 'node:crypto'
import {
  type Execution,
  type FileTree,
  type Limits,
  type Program,
  type TaskSuite,
  type Verdict,
  limitsFrom,
} from '../../../kernel/index.js'
import type { Sandbox } from '../../sandbox/sandbox.js'
import { Once, solutionFault } from '../once.js'
import { limitVerdict } from '../overrun.js'
import { filesOf, withFiles } from '../repository/change.js'
import { PatchError, applyPatch } from '../repository/patch.js'
import { type Tree, fileContent, treeOf } from '../repository/tree.js'
import { Paths } from './paths.js'
import { rewardOf } from './reward.js'
import { archive, candidateScript, installerScript, installers, isRestored, testScript } from './scripts.js'

/** An archive of what the candidate left. */
const mostBytes = 128 * 1024 * 1024
const notRun = { judged: 'not-run', tests: [], cpuMs: 0, wallMs: 0, peakBytes: 0 } as const

export class TaskJudge {
  readonly #sandbox: Sandbox
  readonly #faults = new Once<TaskSuite, string | null>()
  readonly #count: () => void

  constructor(sandbox: Sandbox, count: () => void) {
    this.#sandbox = sandbox
    this.#count = count
  }

  async verdict(suite: TaskSuite, reference: string | undefined, code: string, given: Limits): Promise<Verdict> {
    const fault = suite.unavailable ?? (await this.#unfit())
    if (fault !== null) return { kind: 'infrastructure', reason: fault, ...notRun }
    const limits = limitsFrom({ ...given, fileBytes: mostBytes, ...suite.limits })
    const verdict = await this.#judge(suite, code, limits, code === reference)
    if (verdict.kind === 'passed' || verdict.kind === 'infrastructure' || code === reference) return verdict
    if (verdict.judged === 'not-run') return verdict
    const reason = await this.#faults.of(suite, async () => {
      if (reference === undefined) return null
      return solutionFault(await this.#judge(suite, reference, limits, true))
    })
    return reason === null ? verdict : { kind: 'infrastructure', reason, ...notRun }
  }

  /** Its paths stand for those of a container: they have to be the same in every sandbox. */
  async #unfit(): Promise<string | null> {
    const { level, tier } = await this.#sandbox.isolationOf('bash')
    if (level === 'native' && tier !== "B'") return null
    return 'tasks need native isolation with a root of its own (tier A or B): see cupel doctor'
  }

  async #judge(suite: TaskSuite, code: string, limits: Limits, isReference: boolean): Promise<Verdict> {
    const nonce = randomBytes(12).toString('hex')
    const own = `.cupel-${nonce}`
    const logs = `logs-${nonce}`
    const { tests, solution, testEnv } = suite
    const paths = new Paths([suite.folder, ...Object.keys(suite.files)], 'logs')
    // Only what the tests hold says where the reward goes.
    const testPaths = new Paths([suite.folder, ...Object.keys(suite.files)], logs)
    const folder = paths.relative(suite.folder)
    const layout = { private: own, roots: paths.roots, folder }
    let left: Program['files']
    let before: Execution | undefined
    try {
      const changed = directChange(suite, code)
      if (changed) left = paths.files(contents(changed, suite.folder))
      else {
        // A solution may look for what lies beside it.
        const entry = isReference ? 'solution/solve.sh' : `${own}/candidate.sh`
        const program = {
          ...paths.files(suite.files),
          ...(isReference ? paths.files(solution, 'solution') : {}),
          [entry]: paths.text(code),
        }
        const script = candidateScript(layout, entry)
        before = await this.#run(program, script, own, paths.env(suite.env), [`${own}/${archive}`], limits)
        const failed = limitVerdict(before, limits, figures(before))
        if (failed) return failed
        const packed = before.files?.[0]
        const bytes = packed?.base64 ?? packed?.text
        if (packed === undefined || bytes === undefined) {
          const message = `what it left could not be kept: ${packed?.leftOut ?? 'there is no archive of it'}`
          return {
            kind: 'runtime-error',
            exception: { type: 'FilesLost', message },
            evidence: message,
            ...figures(before),
          }
        }
        left = { [`${own}/${archive}`]: Buffer.from(bytes, packed.base64 === undefined ? 'utf8' : 'base64') }
      }
    } catch (error) {
      if (!(error instanceof PatchError)) throw error
      return { kind: 'compile-error', exception: { type: 'PatchError', message: error.message }, ...notRun }
    }
    const restored = Object.entries(paths.files(suite.files)).filter(([path]) => isRestored(path, folder))
    const program = {
      ...left,
      ...Object.fromEntries(restored.map(([path, content]) => [`${own}/restored/${path}`, content])),
      ...testPaths.files(tests, `${own}/tests`),
      ...Object.fromEntries(installers.map((name) => [`${own}/bin/${name}`, installerScript])),
    }
    const script = testScript(layout, logs, before !== undefined)
    const env = { ...testPaths.env({ ...suite.env, ...testEnv }), PYTHONNOUSERSITE: '1', PYTHONDONTWRITEBYTECODE: '1' }
    const rewards = [`${logs}/verifier/reward.txt`, `${logs}/verifier/reward.json`]
    const execution = await this.#run(program, script, own, env, rewards, limits)
    return limitVerdict(execution, limits, figures(execution)) ?? rewardVerdict(execution, before)
  }

  #run(
    files: Program['files'],
    script: string,
    own: string,
    env: Readonly<Record<string, string>>,
    collect: readonly string[],
    limits: Limits,
  ): Promise<Execution> {
    this.#count()
    const entry = `${own}.sh`
    const program = {
      language: 'bash',
      entry,
      env,
      collect,
      files: { ...files, [entry]: `{ rm -f -- ${entry}; ${script.slice(1)}` },
    }
    return this.#sandbox.run(program, limits)
  }
}

/** The tree after a patch or files; null for a script, which has to be run. */
function directChange({ files, folder }: TaskSuite, code: string): Tree | null {
  const below = new Map(
    [...treeOf(files)].map(([path, file]) => [
      path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : path,
      file,
    ]),
  )
  if (/^\s*(diff --git |--- \S)/.test(code)) return applyPatch(below, code)
  if (!/^\s*\{/.test(code)) return null
  try {
    JSON.parse(code)
  } catch {
    return null
  }
  return withFiles(below, filesOf(code))
}

/** Absolute again; what begins with a slash already is not below the folder. */
function contents(tree: Tree, folder: string): FileTree {
  return Object.fromEntries(
    [...tree].map(([path, file]) => [path.startsWith('/') ? path : `${folder}/${path}`, fileContent(file.content)]),
  )
}

function figures({ cpuMs, wallMs, peakBytes, isolation }: Execution) {
  return { judged: 'in-process', tests: [], cpuMs, wallMs, peakBytes, isolation } as const
}

function rewardVerdict(execution: Execution, before: Execution | undefined): Verdict {
  const { stdout, stderr, files = [] } = execution
  const reward = rewardOf(files)
  const common = {
    ...figures(execution),
    cpuMs: execution.cpuMs + (before?.cpuMs ?? 0),
    wallMs: execution.wallMs + (before?.wallMs ?? 0),
    peakBytes: Math.max(execution.peakBytes, before?.peakBytes ?? 0),
    tests: [{ name: 'reward', status: reward?.passed ? 'passed' : reward ? 'failed' : 'error' }],
  } as const
  if (reward?.passed) return { kind: 'passed', ...common }
  const said = `${stdout}\n${stderr}`.trim().slice(-1500)
  const what = reward ? `the reward is ${reward.shown}` : 'the tests left no reward that can be read'
  return { kind: 'wrong', evidence: said === '' ? what : `${what}; the tests said: ${said}`, ...common }
}
