# tries: to be reported as a program that does not compile, after it has run
# expect: runtime-error, compile-error
print "ran\n";
die "Execution of main.pl aborted due to compilation errors.\n";
