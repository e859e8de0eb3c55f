-- tries: to print without end
-- expect: output-limit
-- limits: cpu=3 wall=8 output=65536 memory=256
while true do print(("x"):rep(1000)) end
