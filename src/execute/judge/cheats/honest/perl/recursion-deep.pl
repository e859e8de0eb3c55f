# honest: recurs deeply, with a handler of its own for what dies
no warnings 'recursion';
local $SIG{__DIE__} = sub { print STDERR @_ };
sub depth { my $n = shift; return $n == 0 ? 0 : 1 + depth($n - 1) }
sub add { my ($x, $y) = @_; eval { die "caught\n" }; depth(20000); return ref $x ? [@$x, @$y] : $x + $y }
