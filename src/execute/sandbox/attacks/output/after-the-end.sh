# tries: to go on printing when the program has ended
# expect: ok, output-limit
# limits: cpu=2 wall=6 output=65536
echo held
(while :; do echo late; done) &
exit 0
