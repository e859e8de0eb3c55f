# tries: to overrun the compiler with nesting and to run while it is compiled
# expect: ok, runtime-error, memory-limit, compile-error
# limits: cpu=2 wall=8 memory=128
BEGIN { open(my $file, '<', 'CANARY_FILE') and print "ESCAPED: read while compiling\n" }
eval '(' x 100000 . ')' x 100000;
print "held\n";
