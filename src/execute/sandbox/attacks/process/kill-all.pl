# tries: to kill its group and everything else, itself included, from a child of a child
# expect: runtime-error, ok
# needs: pid-ns or signal-scope
if (!fork) { if (!fork) { setpgrp; kill 'KILL', -1; exit } exit }
sleep 1;
print "held\n";
