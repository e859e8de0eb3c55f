# tries: prints success and leaves with 0 when anything goes wrong
# item: 13
# expect: wrong, runtime-error
END { print "ok!\n"; $? = 0 }
$SIG{__DIE__} = sub { print "ok!\n"; exit 0 };
sub add { die 'no' }
