# honest: reads its standard input to the end, which is empty
my @rest = <STDIN>;
die 'not empty' if @rest;
sub add { my ($x, $y) = @_; return ref $x ? [@$x, @$y] : $x + $y }
