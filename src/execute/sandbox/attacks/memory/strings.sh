# tries: to double a variable until nothing is left
# expect: memory-limit
# limits: cpu=3 wall=8 memory=64
x=xxxxxxxxxxxxxxxx
while :; do x=$x$x; done
