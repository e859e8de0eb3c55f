# tries: to open internet, packet and netlink sockets
# expect: ok
use Socket;
for my $family (2, 10, 16, 17, 29, 31, 38, 40, 44) {
  for my $kind (1, 2, 3) { print "ESCAPED: family $family\n" if socket(my $opened, $family, $kind, 0) }
}
print "held\n";
