# tries: answers all questions itself with marked lines, before it is asked
# item: 15
# expect: wrong, cheated
for my $line ('v i5', 'v i5', 'done', 'passed', 'c r sadd (2 i2 i3') {
  syswrite $CupelReplay::out, "\n$CupelReplay::mark $line\n";
}
sub add { 0 }
