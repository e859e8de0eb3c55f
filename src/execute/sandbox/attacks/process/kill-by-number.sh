# tries: to kill the process of a user of this machine with the shell's and the system's kill
# expect: ok
# needs: pid-ns or signal-scope
kill -9 CANARY_PID 1 2>/dev/null
/bin/kill -KILL CANARY_PID 2>/dev/null
echo held
