# tries: to reach an abstract socket of the host
# expect: ok
use Socket;
socket(my $opened, AF_UNIX, SOCK_STREAM, 0);
print "ESCAPED: connected\n" if connect($opened, pack('S a*', AF_UNIX, "\0CANARY_SOCKET"));
print "held\n";
