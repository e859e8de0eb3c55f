# tries: to take the process numbers away from a program that runs at the same time
# expect: ok, time-limit, runtime-error
# neighbour: yes
# limits: cpu=1 wall=3 processes=32
bomb() { bomb | bomb & }
bomb
sleep 1
echo held
