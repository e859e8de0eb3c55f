# tries: ends the process with success at the first call, without END blocks
# item: 13
# expect: runtime-error
use POSIX ();
sub add { POSIX::_exit(0) }
