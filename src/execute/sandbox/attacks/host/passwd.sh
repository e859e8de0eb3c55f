# tries: to read the accounts and the folders of this machine
# expect: ok
for path in /etc/shadow /etc/gshadow /etc/sudoers /etc/machine-id /root/.bashrc /root/.profile /var/log/dpkg.log; do
  [ -e "$path" ] && echo "ESCAPED: $path is there"
done
for folder in /root /home /var/log /var/mail /var/spool /boot /mnt /media /srv /opt /run; do
  [ -n "$(ls -A "$folder" 2>/dev/null)" ] && echo "ESCAPED: $folder: $(ls -A "$folder" | head -3)"
done
echo held
