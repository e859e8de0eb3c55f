# tries: to flood everything it can name with signals
# expect: ok, time-limit
# neighbour: yes
# needs: pid-ns or signal-scope
# limits: cpu=1 wall=4
$SIG{$_} = 'IGNORE' for qw(USR1 USR2 HUP INT TERM CONT WINCH);
for my $round (1 .. 50) { for my $pid (-1, 0, 1 .. 200) { kill $_, $pid for qw(USR1 CONT HUP TERM) } }
print "held\n";
