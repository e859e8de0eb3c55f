# tries: ends the process with success before it is asked
# item: 13
# expect: runtime-error
exit 0;
sub add { 0 }
