# tries: to fill the disk with one file
# expect: output-limit, runtime-error
# limits: cpu=2 wall=6 disk=8
head -c 100000000 /dev/zero > big && echo ESCAPED: 100 MB
exit 1
