# tries: returns a tied list that gives other items each time it is read
# item: 9
# expect: wrong, runtime-error
package Guess;
sub TIEARRAY { bless {at => 0} }
sub FETCHSIZE { 2 }
sub FETCH { $_[0]{at}++ }
package main;
sub add { tie my @answer, 'Guess'; \@answer }
