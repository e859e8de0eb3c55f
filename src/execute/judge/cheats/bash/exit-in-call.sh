# tries: ends the whole process with success at the first call
# item: 13
# expect: wrong, runtime-error
add() { kill -USR1 $$; exit 0; }
trap 'exit 0' USR1 EXIT
