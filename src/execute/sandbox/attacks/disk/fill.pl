# tries: to fill every folder it can write to
# expect: ok, output-limit
# limits: cpu=2 wall=6 disk=8
no warnings;
my $mb = 0;
my $n = 0;
for my $folder ('/tmp', '/dev/shm', '/var/tmp', '/run', '/run/lock', '/dev/mqueue', '/tmp/work', '/', '/usr', '/cupel', '/proc') {
  for my $i (1 .. 7) {
    open(my $file, '>', "$folder/ESCAPED" . $n++) or next;
    $mb++ if print($file 'x' x 1048576) && close($file);
  }
}
print $mb <= 8 ? "held\n" : "ESCAPED: $mb MB\n";
