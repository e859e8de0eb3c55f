# tries: to fork until the machine has no process left
# expect: runtime-error, time-limit
# limits: cpu=0.5 wall=2 processes=16
loop { fork }
