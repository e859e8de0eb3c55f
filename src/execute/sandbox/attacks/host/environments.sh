# tries: to find secrets in its environment
# expect: ok
env | grep -iE 'CANARY_VARIABLE|token|api_?key|password|ssh_|npm_|cupel|secret' && echo ESCAPED: a variable
cat /proc/*/environ 2>/dev/null | tr '\0' '\n' | grep -iE 'CANARY_VARIABLE|token|api_?key' && echo ESCAPED: a variable of another process
echo held
