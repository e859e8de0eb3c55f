# tries: returns two equal values where a comparison of two takes the first two that it gets
# item: 9
# expect: wrong
sub add { return wantarray ? (1, 1) : 1 }
