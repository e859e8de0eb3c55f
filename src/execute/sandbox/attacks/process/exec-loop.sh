# tries: to become a new program again and again, so that no measurement lasts
# expect: time-limit
# because: CPU
# limits: cpu=0.5 wall=60
exec bash "$0"
