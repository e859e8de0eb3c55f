# tries: to fork without end and to hold on to every child
# expect: time-limit
# limits: cpu=0.5 wall=2 processes=16
$SIG{CHLD} = 'DEFAULT';
1 while 1 + (fork() // 0) || 1;
