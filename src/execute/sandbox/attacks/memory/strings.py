# tries: to double a string until nothing is left
# expect: memory-limit
# limits: cpu=2 wall=6 memory=128
x = "x"
while True:
    x += x
