# tries: to take the memory away from a program that runs at the same time
# expect: memory-limit
# neighbour: yes
# limits: cpu=3 wall=10 memory=256
parts = []
while True:
    parts.append(bytearray(b"x" * (1 << 20)))
