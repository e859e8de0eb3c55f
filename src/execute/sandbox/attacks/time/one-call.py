# tries: to spend the time inside one operation on a large number
# expect: time-limit, memory-limit
# limits: cpu=0.5 wall=8
x = 3 ** (10**8)
print(len(str(x)) if hasattr(x, "real") else x)
