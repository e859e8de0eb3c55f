# tries: leaves a process behind that answers later questions
# item: 18
# expect: wrong, cheated, runtime-error
(while :; do printf '\n%s v s5\n' "$cupel_mark" >&9; done) &
add() { echo 0; }
