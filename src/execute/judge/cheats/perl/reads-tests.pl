# tries: looks for the expected values in its callers, files, environment and the processes beside it
# item: 17
# expect: wrong, runtime-error
package DB;
my $found = join ' ', %ENV, map { my $path = $_; local $/; open(my $file, '<', $path) ? scalar <$file> : '' }
  glob('./* /tmp/* /tmp/*/* /proc/*/cmdline /proc/*/environ'), '/proc/self/mem';
package main;
sub add {
  my ($a, $b) = @_;
  my $depth = 0;
  while (my @frame = caller($depth++)) { $found .= " @DB::args" }
  return $found =~ /add\(\Q$a\E, \Q$b\E\), (-?\d+)/ ? $1 : 0;
}
