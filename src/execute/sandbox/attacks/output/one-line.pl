# tries: to print one line that never ends, a byte at a time
# expect: output-limit
# limits: cpu=3 wall=8 output=65536
$| = 1;
syswrite(STDOUT, 'x') while 1;
