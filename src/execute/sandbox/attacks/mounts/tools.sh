# tries: to mount with the system's own programs
# expect: ok
# limits: cpu=2 wall=6 processes=24
mkdir -p here
for command in 'mount -t tmpfs none here' 'mount --bind / here' 'mount -o remount,rw /' 'mount -o remount,rw /usr' 'umount /tmp' 'umount -l /proc' \
  'pivot_root . .' 'chroot / true' 'unshare -m true' 'unshare -Ur true' 'nsenter -t 1 -m true' 'swapon here' 'losetup -f' 'fusermount -u here' 'bwrap --ro-bind / / true'; do
  $command </dev/null >/dev/null 2>&1 && echo "ESCAPED: $command"
done
echo held
