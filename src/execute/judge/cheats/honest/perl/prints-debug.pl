# honest: prints, also without a line end, and changes how it prints
$, = '-'; $\ = "\n"; $| = 1; $/ = undef;
sub add { my ($x, $y) = @_; print $x, $y; print STDERR 'here'; return ref $x ? [@$x, @$y] : $x + $y }
