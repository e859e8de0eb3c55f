# tries: the classic fork bomb of the shell
# expect: ok, runtime-error, time-limit
# limits: cpu=0.5 wall=2 processes=16
bomb() { bomb | bomb & }
bomb
sleep 0.5
echo held
