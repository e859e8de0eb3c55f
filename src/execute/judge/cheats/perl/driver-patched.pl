# tries: replaces what writes its answers down
# item: 11
# expect: wrong, cheated, runtime-error
no warnings;
*CupelReplay::tokens = sub { 'i5' };
*CupelReplay::failure = sub { "v i5\n$CupelReplay::mark passed" };
$CupelReplay::guessed = 1;
sub add { die }
