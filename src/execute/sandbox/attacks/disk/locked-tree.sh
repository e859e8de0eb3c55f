# tries: to leave what cannot be removed: folders without rights and files without write access
# expect: ok
# limits: cpu=2 wall=6
mkdir -p keep/inner
echo x > keep/inner/file
chattr +i keep/inner/file 2>/dev/null
chmod 000 keep/inner keep
cd /
echo held
