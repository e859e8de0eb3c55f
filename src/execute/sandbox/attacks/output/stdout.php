<?php
// tries: to print without end, past buffers of its own
// expect: output-limit
// limits: cpu=3 wall=8 output=65536 memory=256
while (true) { echo str_repeat('x', 1000); ob_flush(); flush(); }
