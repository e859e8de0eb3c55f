# tries: to compute for ever
# expect: time-limit
# because: CPU
# limits: cpu=0.5 wall=60
while True:
    pass
