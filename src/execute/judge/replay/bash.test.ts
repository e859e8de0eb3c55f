import { describe, expect, it } from 'vitest'
import { judging } from './replay.test-support.js'

const { judge, missing } = await judging('bash')

const bash = (script: string, code: string) =>
  judge({ trusted: '#!/bin/bash\n# f\nf() {\n', script: `candidate() {\n    f "$@"\n}\n\nset -e\n${script}`, code })

describe.skipIf(missing)('function problems in Bash', () => {
  it('arguments, what is printed and the status cross as they are', async () => {
    const script = `run_test() {
    [[ $(candidate "a b" '' $'x\\n\\ty' '%41 \\x41 \\\\ "$HOME" *' 'é☺') = $'5|a b||x\\n\\ty|%41 \\\\x41 \\\\\\\\ "$HOME" *|é☺|' ]]
    [[ $(candidate) = "0|" ]]
    candidate 1 | { read -r line || :; [[ $line = "1|1|" ]]; }
    [[ $(candidate fail || echo "status $?") = $'out\\nstatus 3' ]]
    [[ $(candidate quit; echo "status $?") = "status 0" ]]
    [[ $(candidate lines | wc -l) = 3 ]]
}

run_test`
    const code = `f() {
  case $1 in
    fail) echo out; return 3 ;;
    quit) exit 0 ;;
    lines) printf 'a\\n\\n\\n' ;;
    *) printf '%s|' $# "$@" ;;
  esac
}`
    const verdict = await bash(script, code)
    expect(verdict, JSON.stringify(verdict)).toMatchObject({ kind: 'passed', judged: 'out-of-process' })
    expect(verdict.tests).toHaveLength(6)
    expect((await bash(script, code.replace('return 3', 'return 4'))).kind).toBe('wrong')
  })

  it('settings and words of the program stay its own', async () => {
    const code = `set -euo pipefail
IFS=,
shopt -s nullglob extglob
od() { echo no; }; tr() { echo no; }; printf() { echo no; }
trap 'echo bye' EXIT ERR
echo loading
read -r line || line=none
f() { local all="$1,$2"; set -- $all; echo "$# $line"; false | true; echo "\${x:-unset}"; }`
    expect(await bash(`[[ $(candidate 1 2,3) = $'3 none\\nunset' ]]`, code)).toMatchObject({ kind: 'passed' })
  })

  it('the tests end at the first that does not hold', async () => {
    const verdict = await bash(
      '[[ $(candidate 1) = 1 ]]\n[[ $(candidate 2) = 3 ]]\n[[ $(candidate 4) = 4 ]]',
      'f() { echo "$1"; }',
    )
    expect(verdict).toMatchObject({ kind: 'wrong', evidence: expect.stringContaining('f("2") → "2\\n"') })
    expect(verdict.tests.map(({ status }) => status)).toEqual(['passed', 'failed'])
  })

  it('a source that is none, or has no function of the name, fails, also where nothing is to be printed', async () => {
    for (const code of ['f() {', 'f() { echo "; }', 'g() { echo; }', 'exit 0'])
      expect((await bash('[[ $(candidate 1) = "" ]]', code)).kind, code).toBe('runtime-error')
    expect((await bash('[[ $(candidate 1) = "" ]]', 'f() { :; }')).kind).toBe('passed')
  })
})
