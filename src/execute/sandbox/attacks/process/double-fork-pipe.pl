# tries: to end while a grandchild ignores signals and keeps its output open
# expect: ok
if (!fork) {
  if (!fork) { $SIG{$_} = 'IGNORE' for keys %SIG; sleep 600 }
  exit;
}
wait;
print "held\n";
