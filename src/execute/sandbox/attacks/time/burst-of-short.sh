# tries: to start programs faster than anybody looks
# expect: time-limit
# limits: cpu=0.5 wall=6 processes=24
while :; do /bin/true; done
