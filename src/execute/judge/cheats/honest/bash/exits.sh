# honest: ends its function with exit, as in a subshell it may
add() { awk -v a="$1" -v b="$2" 'BEGIN { print a + b }'; exit 0; }
