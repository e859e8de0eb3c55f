# tries: to be reported as out of memory by printing the words first
# expect: runtime-error
echo 'bash: xmalloc: cannot allocate 99 bytes' >&2
for i in 1 2 3 4 5 6 7 8 9 10 11 12; do echo 'line' >&2; done
exit 2
