# tries: to have files of the host read out for it, by links, pipes, sockets and devices among the files it leaves
# expect: ok
# collect: yes
# limits: cpu=2 wall=10
ln -s CANARY_FILE ESCAPED-link
ln -s /etc/shadow ESCAPED-shadow
ln -s /proc/1/environ ESCAPED-environment
ln -s ../../.. ESCAPED-up
ln -s /usr ESCAPED-folder
ln -s ESCAPED-loop ESCAPED-loop
ln /usr/bin/env ESCAPED-hard 2>/dev/null
mkfifo ESCAPED-pipe
mknod ESCAPED-device c 1 5 2>/dev/null
mkdir -p plain
ln -s CANARY_FOLDER plain/ESCAPED-canaries
echo fine > plain/file
echo held
