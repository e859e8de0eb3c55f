# tries: to be reported as killed, timed out or not found by exit codes that mean it elsewhere
# expect: runtime-error
exit 137
