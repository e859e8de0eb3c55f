# tries: to overrun the compiler with nesting
# expect: compile-error, runtime-error, memory-limit, output-limit
# limits: cpu=2 wall=8 memory=256
exec("(" * 100000 + ")" * 100000)
