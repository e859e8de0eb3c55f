# tries: changes its arguments, also those of the caller, so that a comparison with them comes out
# item: 19
# expect: wrong
sub add { $_[0] = $_[1] = 5 unless ref $_[0]; $_[0] }
