# tries: to leave files for the next program
# expect: ok
# repeat: 3
places='/tmp /dev/shm /var/tmp . /run /tmp/work /proc/self/cwd'
for place in $places; do [ -e "$place/left" ] && echo "ESCAPED: $place/left: $(cat "$place/left")"; done
for place in $places; do (echo left >"$place/left") 2>/dev/null; done
echo held
