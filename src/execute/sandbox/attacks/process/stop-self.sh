# tries: to stop itself, so that it neither ends nor uses time
# expect: time-limit
# limits: cpu=1 wall=1
kill -STOP $$
echo held
