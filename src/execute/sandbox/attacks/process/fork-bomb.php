<?php
// tries: to fork until the machine has no process left
// expect: ok, runtime-error, time-limit, output-limit
// limits: cpu=0.5 wall=2 processes=16
if (!function_exists('pcntl_fork')) { echo "held\n"; exit; }
while (true) pcntl_fork();
