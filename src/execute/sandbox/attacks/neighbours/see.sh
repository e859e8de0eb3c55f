# tries: to see a program that runs at the same time with the system's tools
# expect: ok
# neighbour: yes
# limits: cpu=2 wall=8 processes=24
for i in 1 2 3 4 5 6 7 8; do
  ps -ef 2>/dev/null | grep -q NEIGHBOUR && echo 'ESCAPED: in the process list'
  grep -l NEIGHBOUR /proc/[0-9]*/environ /proc/[0-9]*/cmdline 2>/dev/null && echo 'ESCAPED: in /proc'
  ls /tmp /dev/shm | grep -q NEIGHBOUR && echo 'ESCAPED: its files'
  sleep 0.1
done
echo held
