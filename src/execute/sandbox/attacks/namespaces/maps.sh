# tries: to map more users into its namespace
# expect: ok
for file in uid_map gid_map setgroups projid_map; do
  for pid in self 1; do
    (echo '0 0 4294967295' >/proc/$pid/$file) 2>/dev/null && echo "ESCAPED: wrote $pid/$file"
  done
done
newuidmap $$ 0 0 1 2>/dev/null && echo 'ESCAPED: newuidmap'
echo held
