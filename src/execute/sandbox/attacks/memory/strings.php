<?php
// tries: to switch the interpreter's own limit off and to double a string until nothing is left
// expect: memory-limit
// limits: cpu=3 wall=8 memory=128
ini_set('memory_limit', '-1');
$x = str_repeat('x', 1024);
while (true) $x .= $x;
