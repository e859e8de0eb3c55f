# tries: to read a file of the host by its full name, by a pattern and by a shell
# expect: ok
for my $path ('CANARY_FILE', glob('/root/.*'), glob('/home/*/.ssh/*'), glob('/var/lib/*')) {
  next if $path =~ m{/\.\.?$};
  print "ESCAPED: $path\n" if open(my $file, '<', $path) and defined(my $line = <$file>);
}
print "ESCAPED: by cat\n" if `cat CANARY_FILE 2>/dev/null` ne '';
print "held\n";
