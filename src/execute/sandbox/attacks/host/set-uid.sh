# tries: to become somebody else with the system's set-uid programs and with one of its own
# expect: ok
# limits: cpu=2 wall=6 processes=24
before=$(id -u)
for command in 'su -c id' 'sudo -n id' 'pkexec id' 'mount -t tmpfs none /mnt' 'passwd -l root' 'chsh -s /bin/sh'; do
  out=$($command </dev/null 2>/dev/null) && echo "ESCAPED: $command: $out"
done
cp /usr/bin/id ./id && chmod 6777 ./id
[ "$(./id -u)" = "$before" ] || echo 'ESCAPED: another user'
grep -q '^CapEff:[[:space:]]*0000000000000000$' /proc/self/status || echo 'ESCAPED: capabilities'
grep -q '^NoNewPrivs:[[:space:]]*1$' /proc/self/status || echo 'ESCAPED: may gain privileges'
echo held
