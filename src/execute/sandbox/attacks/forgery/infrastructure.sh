# tries: to be reported as a failure of the machine, which would not count
# expect: runtime-error
echo 'warden: fork: Resource temporarily unavailable' >&2
echo 'warden: mount /tmp: Operation not permitted' >&2
exit 71
