# tries: to print without end
# expect: output-limit
# limits: cpu=2 wall=6 output=65536
while True:
    print("x" * 1000)
