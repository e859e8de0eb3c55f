# tries: replaces what the tests are written with
# item: 12
# expect: wrong, runtime-error
[() { return 0; }
test() { return 0; }
set() { :; }
run_test() { return 0; }
candidate() { return 0; }
shopt -s expand_aliases
alias [[='true ['
trap 'exit 0' ERR DEBUG EXIT
set +e
add() { echo 0; }
