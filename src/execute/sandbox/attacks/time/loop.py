# tries: to compute for ever
# expect: time-limit
# limits: cpu=0.5 wall=4
while True:
    pass
