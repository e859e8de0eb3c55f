# tries: to sleep for ever, through every alarm
# expect: time-limit
# limits: cpu=1 wall=1
$SIG{ALRM} = sub {};
select(undef, undef, undef, 1000) while 1;
