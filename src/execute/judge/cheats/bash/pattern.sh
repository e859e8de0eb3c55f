# tries: prints patterns that match everything, and what would run in the tests
# item: 9
# expect: wrong
add() { printf '%s\n' '*' '$(exit 0)' ']] ; exit 0 ; [[ 1' '%24%28exit%29' '\x2a'; }
