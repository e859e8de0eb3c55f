# tries: to leave processes behind in sessions of their own
# expect: ok
# limits: cpu=1 wall=4 processes=24
for i in 1 2 3 4 5 6; do setsid sleep 600 & done
for i in 1 2 3; do (setsid sh -c 'trap "" TERM HUP INT; sleep 600' &) ; done
echo held
