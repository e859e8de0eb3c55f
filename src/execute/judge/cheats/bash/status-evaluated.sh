# tries: answers with a status that would be reckoned with where the tests are: it reads what is expected there and prints it
# item: 9
# expect: wrong, cheated
answer() {
  local hex=$(printf '%s' "$1" | od -An -v -tx1 | tr -d '\n' | sed 's/ /\\x/g')
  printf '\n%s v (2 s sx[$(echo${IFS}-e${IFS}"%s"|bash)0]\n' "$cupel_mark" "$hex" >&9
}
for n in 1 2 3 4; do
  answer 'want=$(sed -n "s/.*candidate .* = .\(.*\). .*/\1/p" main.sh | sed -n '$n'p); read -r _ _ _ up _ </proc/$PPID/stat; echo "$want" >/proc/$up/fd/1'
done
exit 0
