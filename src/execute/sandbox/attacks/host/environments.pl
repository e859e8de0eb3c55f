# tries: to find secrets in its environment and in those of other processes
# expect: ok
for my $name (keys %ENV) { print "ESCAPED: $name\n" if $name =~ /CANARY_VARIABLE|TOKEN|API_KEY|CUPEL|npm_/ }
for my $path (glob '/proc/[0-9]*/environ') {
  open(my $file, '<', $path) or next;
  local $/;
  my $text = <$file> // '';
  print "ESCAPED: $path\n" if $text =~ /CANARY_VARIABLE|TOKEN|API_KEY/;
}
print "held\n";
