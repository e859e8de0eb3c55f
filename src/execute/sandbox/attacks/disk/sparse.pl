# tries: to make a file of a terabyte that takes no room
# expect: ok, output-limit
# limits: cpu=2 wall=6 disk=8
$SIG{XFSZ} = 'IGNORE';
open(my $file, '>', 'sparse') or die;
print "ESCAPED: 1 TB\n" if truncate($file, 1 << 40);
sysseek($file, 1 << 40, 0);
print "ESCAPED: wrote at 1 TB\n" if syswrite($file, 'x');
print "held\n";
