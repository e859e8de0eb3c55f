# tries: to talk to Cupel over the channel of the server
# expect: ok
for pid in 0 1 $PPID self; do
  for fd in 3 4 5 6 7; do
    (exec 9<>/proc/$pid/fd/$fd) 2>/dev/null && echo "ESCAPED: descriptor $fd of $pid"
  done
done
echo held
