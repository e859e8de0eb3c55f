# The candidate's side in Bash: answers each call with what its function prints and the status it ends with. The calls are read
# before the program is, whose settings (IFS, set -u, its own words for od) must not change how.
exec 8<&0 9>&1 </dev/null 1>&2
cupel_mark='' cupel_calls=()
IFS= read -r -u 8 cupel_mark
while read -r -u 8 -a cupel_tokens; do
  # The first two say which function is asked, and for how many arguments.
  cupel_call=''
  for cupel_token in "${cupel_tokens[@]:2}"; do
    cupel_token=${cupel_token:1}
    printf -v cupel_token '%b' "${cupel_token//%/\\x}"
    printf -v cupel_token '%q' "$cupel_token"
    cupel_call+=" $cupel_token"
  done
  cupel_calls+=("$cupel_call")
done
exec 8<&-
# Byte for byte, as `%6f%6b`.
cupel_od=$(type -P od) cupel_tr=$(type -P tr)

"$BASH" -n ./solution.sh || exit 2
source ./solution.sh
declare -F "$cupel_name" >/dev/null || { printf 'there is no function %s\n' "$cupel_name"; exit 127; }

for cupel_call in "${cupel_calls[@]}"; do
  eval "cupel_args=($cupel_call)"
  # What follows the last byte is the status: no byte is written with a point.
  cupel_told=$({
    ("$cupel_name" "${cupel_args[@]}" 9>&- | "$cupel_od" -An -v -tx1 | "$cupel_tr" ' ' '%' | "$cupel_tr" -d '\n'; builtin printf '.%s' "${PIPESTATUS[0]}") || :
  })
  if [[ ${cupel_told##*.} == 0 ]]; then
    builtin printf '\n%s v s%s\n' "$cupel_mark" "${cupel_told%.*}" >&9
  else
    builtin printf '\n%s v (2 s%s i%s\n' "$cupel_mark" "${cupel_told%.*}" "${cupel_told##*.}" >&9
  fi
done
exit 0
