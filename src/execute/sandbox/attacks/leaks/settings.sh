# tries: to leave its settings to the next program: mask, limits, priority, environment
# expect: ok
# repeat: 3
[ "$(umask)" = 0777 ] && echo 'ESCAPED: the mask of an earlier program'
[ "$(ulimit -n)" = 11 ] && echo 'ESCAPED: the limits of an earlier program'
[ -n "$LEFT" ] && echo 'ESCAPED: the environment of an earlier program'
[ "$(pwd)" = / ] && echo 'ESCAPED: the folder of an earlier program'
export LEFT=1 PATH=
echo held
umask 777
ulimit -n 11
cd /
