# The tests' side in Bash: stands in for the candidate's function. Tests call it in subshells, which have nothing of their own
# in common but their open files: each call takes its two lines from the one, and says what it was on the other.
exec 8<&0 9>&1 </dev/null
IFS= read -r -u 8 cupel_mark
RANDOM=1

cupel_text() {
  printf '%s' "$1" | od -An -v -tx1 | tr ' ' '%' | tr -d '\n'
}

cupel_call() {
  local IFS=$' \t\n' asked="s$1 ($(($# - 1))" found='' reply=() told status one
  for one in "${@:2}"; do asked+=" s$(cupel_text "$one")"; done
  IFS= read -r -u 8 found || :
  read -r -u 8 -a reply || :
  if [[ $found != "$asked" || ${#reply[@]} == 0 ]]; then
    printf '\n%s c g %s\n' "$cupel_mark" "$asked" >&9
    return 0
  fi
  printf '\n%s c r %s\n' "$cupel_mark" "$asked" >&9
  told=${reply[1]:-} status=0
  if [[ $told == '(2' ]]; then told=${reply[2]:-} status=${reply[3]:-i1} status=${status#i}; fi
  # What is no text was not printed.
  if [[ ${reply[0]} != v || $told != s* ]]; then return 1; fi
  # An arithmetic expression would run the commands that it holds.
  if [[ ! $status =~ ^[0-9]{1,3}$ ]]; then return 1; fi
  told=${told:1}
  printf '%b' "${told//%/\\x}"
  return "$status"
}
