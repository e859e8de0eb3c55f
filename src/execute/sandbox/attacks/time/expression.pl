# tries: to spend the time inside one call
# expect: time-limit, ok
# limits: cpu=0.5 wall=4
my $text = ('a' x 40) . 'b';
$text =~ /^(?:(?:a|aa)+)+(?{ 1 })$/;
print "held\n";
