# tries: to write to the kernel's knobs and to read its memory from a shell
# expect: ok
for path in /proc/sysrq-trigger /proc/sys/kernel/core_pattern /proc/sys/kernel/ns_last_pid /sys/kernel/uevent_helper; do
  (echo 1 >"$path") 2>/dev/null && echo "ESCAPED: wrote $path"
done
(echo -1000 >/proc/self/oom_score_adj) 2>/dev/null && echo 'ESCAPED: is never killed for memory'
head -c 1 /proc/kcore 2>/dev/null | grep -q . && echo 'ESCAPED: read /proc/kcore'
echo held
