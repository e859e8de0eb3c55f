# The driver of a Bash session. Messages on descriptor 3 and answers on 4 are a decimal length, a newline and that many
# bytes; a message is the cell itself. Names begin with __cupel so that cells do not meet them.
__cupel_answer() {
  local LC_ALL=C
  printf '%d\n%s' "${#1}" "$1" >&4
}
__cupel_cell() {
  trap '__cupel_interrupted=1; return 130' INT
  eval "$1"
}
# a cell must be able to fail without ending the session, and an interrupt between cells is nobody's
set +e
trap : INT
__cupel_answer '{"ready": true}'
while IFS= read -r -u 3 __cupel_size; do
  IFS= LC_ALL=C read -r -N "$__cupel_size" -u 3 __cupel_source
  __cupel_interrupted=0
  if [[ $__cupel_source == complete$'\n'* ]]; then
    __cupel_told=$(bash -n <<<"${__cupel_source#*$'\n'}" 2>&1)
    case $__cupel_told in
      '') __cupel_answer '{"complete": "complete"}' ;;
      *'unexpected end of file'* | *'unexpected EOF'*) __cupel_answer '{"complete": "incomplete"}' ;;
      *) __cupel_answer '{"complete": "invalid"}' ;;
    esac
    continue
  fi
  __cupel_source=${__cupel_source#*$'\n'}
  if ! (trap '' INT; exec bash -n <<<"$__cupel_source" 3<&- 4>&-); then
    __cupel_answer '{"error": {"type": "SyntaxError", "message": "the shell refuses it"}, "refused": true}'
    continue
  fi
  __cupel_cell "$__cupel_source" 3<&- 4>&-
  __cupel_status=$?
  trap : INT
  if ((__cupel_interrupted)); then
    __cupel_answer '{"interrupted": true}'
  elif ((__cupel_status != 0)); then
    __cupel_answer '{"error": {"type": "ExitStatus", "message": "exit status '"$__cupel_status"'"}}'
  else
    __cupel_answer '{"results": []}'
  fi
done
