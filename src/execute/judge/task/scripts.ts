/**
 * What is run for a task, as Bash: first the candidate's script, which leaves its files as an archive, then in a sandbox of
 * its own the tests. Each is read as a whole before any of it runs.
 */
import { shellWord } from '../../../kernel/index.js'
import { isAmong, runnerFiles, runnerModules } from '../test-runners.js'
import { place } from './paths.js'

interface Layout {
  /** A folder whose name nobody knows beforehand. */
  readonly private: string
  readonly roots: readonly string[]
  /** Below the working directory. */
  readonly folder: string
}

export const archive = 'tree.tar'

const named = (names: readonly string[]) => names.map((name) => `-name ${shellWord(name)}`).join(' -o ')

const list = (names: readonly string[]) => names.map(shellWord).join(' ')

/** The candidate finds the environment as its home and its files; what it leaves is packed, whatever its exit code. */
export function candidateScript({ private: own, roots, folder: start }: Layout, script: string): string {
  return `{ cd ${place} || exit; mkdir -p -- ${own} ${list([...roots, start])}
(export HOME=${place}/root; cd ${shellWord(start)} && exec /bin/bash ${place}/${script}) </dev/null
cd ${place}; /usr/bin/tar --create --file=${own}/${archive} -- ${list(roots)}
exit; }
`
}

/** Whether a file of the environment is put back after such files of the candidate are gone. */
export function isRestored(path: string, folder: string): boolean {
  const rest = path.startsWith(`${folder}/`) ? path.slice(folder.length + 1).split('/')[0] : undefined
  const files = path.split('/').some((part) => isAmong(runnerFiles, part))
  return files || (rest !== undefined && isAmong(runnerModules, rest))
}

/**
 * The tree is unpacked, without links that lead out of it, and only then do the tests come, with a home and a folder for the
 * reward that nobody has seen before.
 */
export function testScript({ private: own, roots, folder }: Layout, logs: string, packed: boolean): string {
  const kept = roots.map((root) => `${shellWord(`${place}/${root}`)}|${shellWord(`${place}/${root}/`)}*`).join('|')
  return `{ cd ${place} || exit
${packed ? `/usr/bin/tar --extract --no-same-owner --file=${own}/${archive} -- ${list(roots)} 2>/dev/null; rm -f ${own}/${archive}` : ':'}
mkdir -p -- ${list([...roots, folder])} 2>/dev/null
/usr/bin/find ${list(roots)} -type l -print0 | while IFS= read -r -d '' link; do
  case "$(/usr/bin/realpath -m -- "$link")" in ${kept}) ;; ${place}|${place}/*|/tmp|/tmp/*|/proc|/proc/*|/dev/fd/*) rm -f -- "$link";; esac
done
/usr/bin/find ${list(roots)} \\( ${named(runnerFiles)} \\) -exec rm -rf -- {} +
(cd ${shellWord(folder)} && /usr/bin/find . -maxdepth 1 \\( ${named(runnerModules)} \\) -exec rm -rf -- {} +)
[ -d ${own}/restored ] && cp -R -- ${own}/restored/. .
rm -rf -- tests solution logs ${logs}
mv -- ${own}/tests tests && mkdir -p -- ${logs}/verifier "$TMPDIR/home/.local/bin"
: > "$TMPDIR/home/.local/bin/env"
export HOME="$TMPDIR/home" PATH="${place}/${own}/bin:$PATH"
cd ${shellWord(folder)} && /bin/bash ${place}/tests/test.sh </dev/null
exit; }
`
}

/**
 * There is no network: what a test script would install comes from this machine, or is missing. These stand in for
 * the installers, and run what is there; everything else fails as it would.
 */
export const installers = ['apt-get', 'apt', 'pip', 'pip3', 'uv', 'uvx', 'pytest', 'python', 'curl'] as const

export const installerScript = `#!/bin/bash
name=\${0##*/}
rest=()
for folder in \${PATH//:/ }; do [ "$folder" = "\${0%/*}" ] || rest+=("$folder"); done
real() { PATH=$(IFS=:; echo "\${rest[*]}") command -v "$1"; }
if [ "$name" = uv ]; then
  [ "$1" = run ] || exit 0
  shift
fi
case $name in
  uv|uvx)
    while [ $# -gt 0 ]; do
      case $1 in
        -p|--python|-w|--with|--from|--with-requirements|--index-url|--index|--project|--directory) shift 2;;
        -*) shift;;
        *) break;;
      esac
    done
    program=\${1%%@*}
    shift
    exec "$program" "$@";;
  pytest)
    args=()
    while [ $# -gt 0 ]; do
      case $1 in
        --ctrf) shift;;
        --ctrf=*) ;;
        *) args+=("$1");;
      esac
      shift
    done
    exec python3 -c 'import sys; del sys.path[0]; import pytest; sys.exit(pytest.console_main())' "\${args[@]}";;
  python) exec "$(real python || real python3)" "$@";;
  curl)
    case "$*" in *astral.sh/uv*) exit 0;; esac
    exec "$(real curl || echo /usr/bin/curl)" "$@";;
esac
exit 0
`
