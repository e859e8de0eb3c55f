# tries: to reach a server on the loopback of the host with the shell and with tools
# expect: ok
# limits: cpu=2 wall=8 processes=24
(exec 3<>/dev/tcp/127.0.0.1/CANARY_PORT && head -c 1 <&3 && echo ESCAPED: tcp) 2>/dev/null
(echo x >/dev/udp/127.0.0.1/CANARY_PORT && echo ESCAPED: udp) 2>/dev/null
for command in 'curl -m 1 -s http://127.0.0.1:CANARY_PORT/' 'wget -q -T 1 -t 1 -O- http://127.0.0.1:CANARY_PORT/' 'nc -w 1 127.0.0.1 CANARY_PORT' 'ping -c 1 -W 1 127.0.0.1' 'ip link set lo up'; do
  $command </dev/null >/dev/null 2>&1 && echo "ESCAPED: $command"
done
echo held
