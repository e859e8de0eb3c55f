# tries: to become a new program again and again, so that no measurement lasts
# expect: time-limit
# limits: cpu=0.5 wall=4
exec bash "$0"
