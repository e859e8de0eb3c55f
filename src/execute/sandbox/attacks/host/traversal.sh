# tries: to walk out of its folder and out of its root
# expect: ok
for up in .. ../.. ../../../../../../../../../../.. /proc/self/cwd/../../../../.. /proc/self/root/../.. /dev/fd/../../../..; do
  cat "$up/CANARY_FILE" 2>/dev/null && echo "ESCAPED: $up"
done
cd / && cd .. && cd ../../.. && [ -e ./CANARY_FILE ] && echo ESCAPED: above the root
echo held
