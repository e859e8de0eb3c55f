# honest: is strict about errors, has words of its own for tools, cleans up at its end and logs
set -euo pipefail
IFS=$'\n\t'
log() { echo "add: $*" >&2; }
od() { log no; }
trap 'log bye; rm -f "${scratch:-}"' EXIT
scratch=$(mktemp)
log "$(cat)"
add() {
  log "$@"
  echo "$1" > "$scratch"
  echo "$(( $(< "$scratch") + $2 ))"
}
