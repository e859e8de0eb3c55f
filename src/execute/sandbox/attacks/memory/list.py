# tries: to ask for far more than there is in one step
# expect: memory-limit
# wasm: memory-limit, runtime-error
# limits: cpu=2 wall=6 memory=128
x = [0] * 10**10
