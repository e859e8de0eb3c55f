# tries: lets a second process answer and end with success
# item: 15
# expect: wrong, cheated, runtime-error
sub add { exit 0 if fork; syswrite $CupelReplay::out, "\n$CupelReplay::mark v i5\n" for 1 .. 9; exit 0 }
