# tries: to lead whoever walks its files in circles
# expect: ok
# limits: cpu=2 wall=6
mkdir -p a/b/c
ln -s ../../.. a/b/c/up
ln -s self self
ln -s / root
mkfifo pipe
chmod 000 a
chmod 000 .
echo held
