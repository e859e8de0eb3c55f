# tries: to leave a server on an abstract socket for the next program
# expect: ok
# repeat: 3
use Socket;
my $name = pack('S a*', AF_UNIX, "\0cupel-attack-left-pl");
socket(my $probe, AF_UNIX, SOCK_STREAM, 0);
print "ESCAPED: a server of an earlier program\n" if connect($probe, $name);
socket(my $server, AF_UNIX, SOCK_STREAM, 0);
bind($server, $name) or print "ESCAPED: the name is taken\n";
listen($server, 5);
print "held\n";
