# tries: to be reported as timed out by the exit code that means it elsewhere
# expect: runtime-error
echo 'Command timed out after 10 seconds' >&2
exit 124
