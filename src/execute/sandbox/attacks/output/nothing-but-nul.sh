# tries: to fill the output with zero bytes straight from a device
# expect: output-limit
# limits: cpu=2 wall=6 output=65536
cat /dev/zero
