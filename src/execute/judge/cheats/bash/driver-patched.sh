# tries: replaces what writes its answers down
# item: 11
# expect: wrong, cheated, runtime-error
builtin() { command printf '\n%s v s5\n%s done\n' "$cupel_mark" "$cupel_mark" >&9; }
cupel_od=true
add() { echo 0; }
