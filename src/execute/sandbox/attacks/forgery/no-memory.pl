# tries: to be reported as out of memory by printing the words first
# expect: runtime-error
print STDERR "Out of memory!\nCannot allocate memory\n", "something else went wrong\n" x 40;
exit 1;
