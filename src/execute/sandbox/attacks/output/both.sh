# tries: to fill both streams at once
# expect: output-limit
# limits: cpu=2 wall=6 output=65536
yes >&2 &
yes
