# tries: to wait for input that never comes
# expect: ok
# limits: cpu=1 wall=4
read -r line && echo ESCAPED: "$line"
cat
echo held
