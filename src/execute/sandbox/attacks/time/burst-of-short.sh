# tries: to start programs faster than anybody looks
# expect: time-limit
# because: CPU
# limits: cpu=0.5 wall=60 processes=24
while :; do /bin/true; done
