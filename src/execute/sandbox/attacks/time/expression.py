# tries: to spend the time inside one call that looks at no signal
# expect: time-limit
# limits: cpu=0.5 wall=6
import re

re.match("(a+)+$", "a" * 60 + "b")
