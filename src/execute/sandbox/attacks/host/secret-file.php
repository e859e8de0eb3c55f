<?php
// tries: to read a file of the host by its name, by wrappers and by including it
// expect: ok
// limits: cpu=3 wall=8 memory=256
error_reporting(0);
foreach (['CANARY_FILE', 'file://CANARY_FILE', 'php://filter/read=convert.base64-encode/resource=CANARY_FILE', 'glob://CANARY_FOLDER/*', '/etc/shadow'] as $path)
  if (($text = @file_get_contents($path)) !== false) echo "ESCAPED: $path $text\n";
if (@include 'CANARY_FILE') echo "ESCAPED: included\n";
echo "held\n";
