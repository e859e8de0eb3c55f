# tries: to nest a sandbox in the sandbox with the system's tools
# expect: ok
# limits: cpu=2 wall=6 processes=24
for command in 'unshare -r id' 'unshare -Urmpf id' 'unshare --time id' 'bwrap --unshare-all --ro-bind / / id' 'setpriv --reuid 1 id' 'nsenter -t 1 -a id' 'ip netns add x' 'lxc-usernsexec id' 'podman unshare id'; do
  out=$($command </dev/null 2>/dev/null) && echo "ESCAPED: $command: $out"
done
echo held
