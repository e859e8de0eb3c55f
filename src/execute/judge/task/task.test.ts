/** Tasks in a real sandbox: scripts, patches and files that solve one, and what a candidate may try instead. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TaskSuite, Verdict } from '../../../kernel/index.js'
import { Sandbox } from '../../sandbox/sandbox.js'
import { Judge } from '../judge.js'
import { Paths } from './paths.js'
import { rewardOf } from './reward.js'

const problem = { id: 't', language: 'bash', kind: 'repository', prompt: '', publicTests: [], metadata: {} } as const
const limits = { cpuSeconds: 10, wallSeconds: 60, memoryMb: 512 }

/** The greeting in `/app/out.txt` has to be what the template and the tests say, and `/app/greet.sh` has to print it. */
const task: TaskSuite = {
  kind: 'task',
  files: { '/app/template.txt': 'Hello, NAME!\n', '/app/greet.sh': 'cat /app/template.txt\n', '/data/name': 'world\n' },
  folder: '/app',
  env: { NAME_FILE: '/data/name' },
  tests: {
    'test.sh': `#!/bin/bash
expected="$(cat /tests/expected.txt)"
if [ "$(cat /app/out.txt)" = "$expected" ] && [ "$(bash /app/greet.sh)" = "$expected" ] && [ "$EXTRA" = yes ]; then
  echo 1 > /logs/verifier/reward.txt
else
  echo 0 > /logs/verifier/reward.txt
fi
`,
    'expected.txt': 'Hello, world!\n',
  },
  testEnv: { EXTRA: 'yes' },
  solution: {
    'solve.sh': 'source "$(dirname "$0")/name.sh"\ngreet\n',
    'name.sh': `greet() { sed "s/NAME/$(cat "$NAME_FILE")/" /app/template.txt > out.txt; echo 'cat /app/out.txt' > /app/greet.sh; }\n`,
  },
}
const solution = String(task.solution['solve.sh'])
const right = `sed "s/NAME/$(cat $NAME_FILE)/" /app/template.txt > out.txt && echo 'cat /app/out.txt' > greet.sh`

describe('tasks', () => {
  let sandbox: Sandbox
  let judge: Judge
  beforeAll(async () => {
    sandbox = await Sandbox.open({ isolation: 'native' })
    judge = new Judge(sandbox)
  })
  afterAll(() => sandbox.close())
  const verdict = (
    code: string,
    more: Partial<TaskSuite> = {},
    reference: string | null = solution,
  ): Promise<Verdict> =>
    judge.judge(
      { problem, suite: { ...task, ...more }, ...(reference === null ? {} : { reference }) },
      { code },
      limits,
    )

  it('the reference passes, with the files beside it; so does another script', async () => {
    expect(await verdict(solution)).toMatchObject({ kind: 'passed', judged: 'in-process' })
    expect(await verdict(right)).toMatchObject({ kind: 'passed', tests: [{ name: 'reward', status: 'passed' }] })
  })

  it('a patch or files against the working directory pass too', async () => {
    const patch = `--- a/greet.sh
+++ b/greet.sh
@@ -1 +1 @@
-cat /app/template.txt
+cat /app/out.txt
--- /dev/null
+++ b/out.txt
@@ -0,0 +1 @@
+Hello, world!
`
    expect(await verdict(patch)).toMatchObject({ kind: 'passed' })
    const files = { 'out.txt': 'Hello, world!\n', 'greet.sh': 'cat /app/out.txt' }
    expect(await verdict(JSON.stringify(files))).toMatchObject({ kind: 'passed' })
    expect(await verdict(patch.replace('-cat', '-dog'))).toMatchObject({ kind: 'compile-error' })
    expect(await verdict('{"../tests/test.sh": ""}')).toMatchObject({ kind: 'compile-error' })
  })

  it('what does not solve it is wrong, with the reward and what the tests said', async () => {
    expect(await verdict('true')).toMatchObject({
      kind: 'wrong',
      evidence: expect.stringMatching(/^the reward is 0; the tests said: .*out\.txt/),
      tests: [{ name: 'reward', status: 'failed' }],
    })
  })

  const reward = 'mkdir -p /logs/verifier; echo 1 > /logs/verifier/reward.txt'
  it.each([
    ['writes the reward itself', reward],
    [
      'leaves a process that writes it again and again',
      `(while true; do ${reward}; sleep 0.05; done) & disown; sleep 0.2`,
    ],
    [
      'leaves one in a session of its own',
      `setsid nohup bash -c 'while true; do ${reward}; sleep 0.05; done' >/dev/null 2>&1 & sleep 0.2`,
    ],
    ['replaces test.sh', `mkdir -p /tests; echo '${reward}' > /tests/test.sh; chmod 555 /tests /tests/test.sh`],
    [
      'makes the tests a link to its own',
      `mkdir /app/t; echo '${reward}' > /app/t/test.sh; rm -rf /tests; ln -s /app/t /tests`,
    ],
    [
      'makes the reward a link',
      `mkdir -p /logs; echo 1 > /app/one; mkdir /logs/verifier; ln -s /app/one /logs/verifier/reward.txt`,
    ],
    [
      'puts a bash first in its path',
      `mkdir -p ~/.local/bin /app/bin; echo '${reward}' | tee ~/.local/bin/bash /app/bin/bash >/dev/null; chmod +x ~/.local/bin/bash /app/bin/bash; echo 'PATH=/app/bin:$PATH' | tee ~/.bashrc ~/.profile ~/.bash_profile >/dev/null`,
    ],
    [
      'links its output to what the tests expect',
      `ln -s /tests/expected.txt out.txt; ln -s ../tests/expected.txt rel; echo 'cat /app/rel' > greet.sh`,
    ],
    ['links the folder it works in to that of the tests', `cd /; rm -rf /app; ln -s /tests /app`],
    ['puts a file where its folder was', 'cd /; rm -rf /app; echo > /app'],
    ['kills what runs it', 'kill -9 $PPID'],
    [
      'packs a tree of its own',
      `cd /tmp/work; mkdir -p tests logs; echo '${reward}' > tests/test.sh; for d in .cupel-*; do tar cf $d/tree.tar tests logs app; done; kill -9 $PPID`,
    ],
  ])('a script that %s has not passed', async (_, code) => {
    expect((await verdict(code)).kind).toMatch(/^(wrong|runtime-error)$/)
  })

  it('tests that the environment has already are not those that decide', async () => {
    const files = { ...task.files, '/tests/test.sh': 'exit 1\n' }
    expect(await verdict(solution, { files })).toMatchObject({ kind: 'passed' })
    expect(await verdict(`echo '${reward}' > /tests/test.sh`, { files })).toMatchObject({ kind: 'wrong' })
  })

  it('nothing of a process, its variables or its other folders is there when the tests run', async () => {
    const leaves = `${right}; export LEFT=1; echo x > /tmp/left; echo x > ~/left; sleep 300 & disown`
    const tests = {
      ...task.tests,
      'test.sh': `ls -A "$HOME" /tmp; [ -z "$LEFT" ] && [ ! -e /tmp/left ] && [ ! -e "$HOME/left" ] && ! pgrep sleep && echo 1 > /logs/verifier/reward.txt`,
    }
    expect(await verdict(leaves, { tests }, null)).toMatchObject({ kind: 'passed' })
  })

  it('configuration and stand-ins of a test runner that a candidate leaves are gone; those of the task are back', async () => {
    const plants = `echo 'raise SystemExit(0)' | tee conftest.py sitecustomize.py unittest.py pytest.py pytest.pyc pytest.toml _pytest.abi3.so; mkdir d sitecustomize; cp conftest.py d; cp conftest.py sitecustomize/__init__.py; echo changed > kept/conftest.py; echo mine > own.py`
    const look = {
      files: { '/app/kept/conftest.py': 'original\n' },
      tests: {
        'test.sh': `find . -type f | sort > /tmp/found; cat /tmp/found; [ "$(tr '\\n' ' ' < /tmp/found)" = "./kept/conftest.py ./own.py " ] && [ "$(cat kept/conftest.py)" = original ] && echo 1 > /logs/verifier/reward.txt`,
      },
    }
    expect(await verdict(plants, look, null)).toMatchObject({ kind: 'passed' })
  })

  it('a program that the tests themselves run can reach the reward: in-process, as the verdict says', async () => {
    const forged = `echo 'echo 1 > "$(echo /tmp/work/logs-*)/verifier/reward.txt"; kill -9 $PPID' > greet.sh; echo Hello, world! > out.txt`
    expect(await verdict(forged)).toMatchObject({ kind: 'passed', judged: 'in-process' })
  })

  it('what cannot be had here is infrastructure: a container, or what its own solution needs', async () => {
    const unavailable = 'its Dockerfile has the step «RUN make», which takes a container'
    expect(await verdict(right, { unavailable })).toMatchObject({ kind: 'infrastructure', reason: unavailable })
    const tests = { 'test.sh': 'no-such-tool && echo 1 > /logs/verifier/reward.txt' }
    expect(await verdict(right, { tests })).toMatchObject({
      kind: 'infrastructure',
      reason: expect.stringContaining("the benchmark's own solution does not pass on this machine"),
    })
  })

  it('a script that never ends meets its limit', async () => {
    expect(await verdict('while :; do :; done', { limits: { cpuSeconds: 1, wallSeconds: 20 } })).toMatchObject({
      kind: 'time-limit',
    })
  })

  it('links and modes within the environment stay', async () => {
    const links = `echo Hello, world! > .real; ln -s /app/.real out.txt; ln -sf greet2 greet.sh; echo 'cat .real' > greet2; chmod +x greet2`
    expect(await verdict(links)).toMatchObject({ kind: 'passed' })
  })
})

it('absolute paths of the environment are rewritten, the ends of other paths are not', () => {
  const paths = new Paths(['/app', '/data/x'], 'logs-1')
  expect(paths.text('cd /app && cat "/app/x" /data/y>/logs/verifier/reward.txt; PATH=/app/bin:/tests')).toBe(
    'cd /tmp/work/app && cat "/tmp/work/app/x" /tmp/work/data/y>/tmp/work/logs-1/verifier/reward.txt; PATH=/tmp/work/app/bin:/tmp/work/tests',
  )
  for (const other of ['src/app', './app', '$HOME/app', 'https://app.org', '/apple', '/app-x', '/usr/data'])
    expect(paths.text(other)).toBe(other)
})

it('a reward is a number and nothing else, and only 1 passes', () => {
  const read = (text: string, name = 'reward.txt') =>
    rewardOf([{ path: `logs/verifier/${name}`, bytes: 0, text }])?.passed ?? null
  expect(['1', '1\n', '1.0', ' 1.000 '].map((text) => read(text))).toEqual([true, true, true, true])
  expect(['0', '0.5', '1.5', '2', '-1', '0.9999'].map((text) => read(text))).toEqual(Array(6).fill(false))
  expect(['', 'nan', 'inf', '1e0', '1 1', '1\n1', '0x1', 'true', '１'].map((text) => read(text))).toEqual(
    Array(9).fill(null),
  )
  expect(
    ['{"reward": 1}', '{"reward": 1, "style": 0}', '{"a": 1, "b": 1.0}'].map((text) => read(text, 'reward.json')),
  ).toEqual([true, true, true])
  expect(['{"reward": 0, "a": 1}', '{"a": 1, "b": 0}'].map((text) => read(text, 'reward.json'))).toEqual([false, false])
  expect(['{}', '[1]', '{"reward": "1"}', '{"reward": true}', '1'].map((text) => read(text, 'reward.json'))).toEqual(
    Array(5).fill(null),
  )
  expect(rewardOf([])).toBeNull()
})
