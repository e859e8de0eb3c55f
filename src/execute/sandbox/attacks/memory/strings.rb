# tries: to double a string until nothing is left
# expect: memory-limit
# limits: cpu=3 wall=8 memory=128
x = 'x' * 1024
x += x while true
