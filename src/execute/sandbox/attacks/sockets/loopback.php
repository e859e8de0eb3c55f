<?php
// tries: to reach a server on the loopback of the host
// expect: ok
// limits: cpu=3 wall=8 memory=256
error_reporting(0);
if (@fsockopen('127.0.0.1', CANARY_PORT, $code, $text, 1)) echo "ESCAPED: connected\n";
if (@file_get_contents('http://127.0.0.1:CANARY_PORT/') !== false) echo "ESCAPED: http\n";
if (@stream_socket_server('tcp://127.0.0.1:0')) echo "ESCAPED: a server\n";
echo "held\n";
