<?php
// tries: to compute for ever without a time limit of its own
// expect: time-limit
// limits: cpu=0.5 wall=4 memory=256
set_time_limit(0);
ignore_user_abort(true);
while (true) {}
