# tries: answers all questions itself with marked lines, before it is asked
# item: 15
# expect: wrong, cheated
for line in 'v s5' 'v s5' 'passed' 'c r sadd (2 s2 s3'; do printf '\n%s %s\n' "$cupel_mark" "$line" >&9; done
add() { echo 0; }
