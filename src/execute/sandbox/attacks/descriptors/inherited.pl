# tries: to write to descriptors it was not given
# expect: ok
for my $fd (3 .. 400) {
  next unless open(my $other, '+<&=', $fd);
  print "ESCAPED: descriptor $fd\n" if defined syswrite($other, "x\n");
}
print "held\n";
