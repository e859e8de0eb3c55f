/**
 * SWE-bench, and Lite and Verified: issues of Python repositories, solved by a patch. Candidates see the text of the issue,
 * never the hints beside it. The folder of the user holds the rows (`*.json`, `*.jsonl`) and a clone of each repository,
 * `owner__name` or `owner__name.git`.
 *
 * Not covered: the environments of its containers. Where the tests of an instance need more than this machine has, they do
 * not pass for its own solution either, and that is said instead of a verdict. A patch has to apply as `git apply` does it:
 * the published harness tries `patch --fuzz=5` after that.
 */
import { z } from 'zod'
import { restoredByDefault } from '../../execute/index.js'
import { type JudgedProblem, type RepositorySuite, defineBenchmark } from '../../kernel/index.js'
import { listOf } from '../python-list.js'
import { sweBenchRun } from '../swe-bench-runners.js'

const names = z.union([
  z.array(z.string()),
  z.string().transform((text, ctx) => {
    const list = listOf(text)
    if (list) return list
    ctx.addIssue({ code: 'custom', message: 'is neither a list of tests nor the text of one' })
    return z.NEVER
  }),
])

const row = z.object({
  repo: z.string().regex(/^[\w.-]+\/[\w.-]+$/, 'is no name such as django/django'),
  instance_id: z.string().min(1),
  base_commit: z.string().regex(/^[0-9a-f]{40}$/, 'is not the whole id of a commit'),
  patch: z.string(),
  test_patch: z.string(),
  problem_statement: z.string(),
  created_at: z.union([z.string(), z.number()]).optional(),
  version: z.union([z.string(), z.number()]).transform(String).default(''),
  FAIL_TO_PASS: names,
  PASS_TO_PASS: names,
  /** Verified has it. */
  difficulty: z.string().optional(),
})

/**
 * What SWE-bench takes for tests is never part of a solution: its own were split so. Less is restored than that, since a
 * right patch may touch a library that is called `test` (django/test).
 */
const testFiles = ['tests', 'testing', '/test', 'test_*.py', '*_test.py', 'runtests.py', '/bin/test', '/bin/doctest']

export default defineBenchmark({
  name: 'swe-bench',
  summary: 'issues of Python repositories, solved by a patch that the repository’s tests decide on (--data FOLDER)',
  source: {
    title: 'SWE-bench: Can Language Models Resolve Real-World GitHub Issues?',
    year: 2023,
    link: 'https://arxiv.org/abs/2310.06770',
  },
  licence: 'MIT; the repositories have their own',
  data: [],
  rowFields: ['instance_id', 'base_commit', 'test_patch'],
  row,
  *problems([rows = []], folder = '.') {
    for (const each of rows) yield problemOf(each, folder)
  },
  k: [1],
  limits: { cpuSeconds: 1800, wallSeconds: 3600, memoryMb: 4096, processes: 512, diskMb: 1024 },
  contamination: 'public since October 2023 with solutions and tests; the repositories are older.',
})

function problemOf(each: z.output<typeof row>, folder: string): JudgedProblem {
  const { repo, base_commit: commit, version, patch: reference, test_patch: testPatch, created_at, difficulty } = each
  const { command, report, sources } = sweBenchRun(repo, version, filesOf(testPatch))
  const metadata = {
    repo,
    version,
    ...(created_at === undefined ? {} : { created_at }),
    ...(difficulty === undefined ? {} : { difficulty }),
  }
  const suite: RepositorySuite = {
    kind: 'repository',
    files: {},
    checkout: { kind: 'commit', repository: `${folder}/${repo.replace('/', '__')}`, commit },
    candidate: { kind: 'patch' },
    tests: {},
    testPatch,
    restored: [...restoredByDefault, ...testFiles, ...inSources(repo, sources), ...exceptions(filesOf(reference))],
    command,
    report,
    failToPass: each.FAIL_TO_PASS,
    passToPass: each.PASS_TO_PASS,
    needs: `a Python with the dependencies of ${repo} ${version}`,
  }
  const prompt = each.problem_statement
  return {
    problem: { id: each.instance_id, language: 'python', kind: 'repository', prompt, publicTests: [], metadata },
    suite,
    reference,
  }
}

/** What would stand in for a runner where the package is found. Of pytest itself that is the package. */
function inSources(repo: string, sources: string | undefined): string[] {
  if (sources === undefined || repo === 'pytest-dev/pytest') return []
  return restoredByDefault.filter((pattern) => pattern.startsWith('/')).map((pattern) => `/${sources}${pattern}`)
}

/** What the published solution changes is not undone, unless it says how tests run. */
function exceptions(paths: readonly string[]): string[] {
  return paths
    .filter((path) => !restoredByDefault.includes(path.slice(path.lastIndexOf('/') + 1)))
    .map((path) => `!/${path}`)
}

/** The files that a patch leaves. */
function filesOf(patch: string): string[] {
  const parts = patch.split(/^(?=diff --git )/m)
  return parts.flatMap((part) => {
    const path = /^diff --git a\/.* b\/(.*?)\r?$/m.exec(part)?.[1]
    return path === undefined || /^deleted file mode /m.test(part.split(/^@@/m)[0] as string) ? [] : [path]
  })
}
