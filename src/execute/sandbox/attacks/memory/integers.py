# tries: to make a number that does not fit
# expect: memory-limit, time-limit
# limits: cpu=0.5 wall=3 memory=128
x = 9
while True:
    x = x * x
